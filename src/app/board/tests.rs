//! Key by key: the Board.
