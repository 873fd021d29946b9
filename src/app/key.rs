//! What a hand does: keys, paste, mouse. Knows no terminal protocol and no command.
