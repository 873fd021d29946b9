//! The one field table: every key of every row is declared once, with its type, how two versions merge, and whether
//! the approved text covers it. Reading, writing, comparing, merging, the lock, the checksum and JSON derive from it.
//! Knows no file format and no particular record.

use std::any::Any;
use std::fmt::Debug;

use crate::domain::value::{Pairs, Value};

/// How two changed versions of one field become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// One value: the longer text shows, both are kept as a conflict.
    Scalar,
    /// A list whose order does not matter much: additions and removals of both sides hold.
    Set,
    /// An append-only list of entries with ids: entries of both sides unite.
    Log,
}

/// Whether approval locks the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Part of the approved text, covered by the checksum.
    Record,
    /// Follow-up after the meeting, editable for ever.
    FollowUp,
}

/// How the field looks in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `key = value`, also for arrays and inline tables.
    Inline,
    /// `[[table.key]]`, one block an entry.
    Blocks,
    /// `[key]`, one block.
    Block,
}

/// One line of the field table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub key: &'static str,
    pub policy: Policy,
    pub class: Class,
    pub shape: Shape,
    /// The Rust type as declared, for telling a person what was expected.
    pub type_name: &'static str,
}

/// What a row carries beside its typed fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    /// Unknown keys, and known keys whose value could not be read, kept and written back.
    pub pairs: Pairs,
    /// True while the id was only made up in memory for a row that has none in the file; it is written when the row
    /// changes or is referred to.
    pub unwritten_id: bool,
}

/// A row of a table, or the head of a record (whose id is empty for editing).
pub trait Row: Debug + Send + Sync {
    /// The declared fields in the order of writing; `id` is the first for every row of a table.
    fn fields(&self) -> &'static [Field];
    /// The value of the declared field `index`, without what is kept beside.
    fn get_field(&self, index: usize) -> Option<Value>;
    /// Sets the declared field `index`; `false` when the value cannot be read into it (nothing is changed then).
    fn set_field(&mut self, index: usize, value: Option<&Value>) -> bool;
    fn id(&self) -> &str;
    fn set_id(&mut self, id: String);
    fn extra(&self) -> &Extra;
    fn extra_mut(&mut self) -> &mut Extra;
    /// The clock time that orders rows inserted at one place by two people.
    fn order_time(&self) -> Option<chrono::NaiveDateTime>;
    /// For comparing rows of one type without spelling out their values.
    fn as_any(&self) -> &dyn Any;
    /// Whether the other row is of the same type and holds the same values.
    fn same(&self, other: &dyn Row) -> bool;
}

impl dyn Row + '_ {
    /// The value under `key`, whether declared, unknown or kept because it could not be read.
    pub fn get(&self, key: &str) -> Option<Value> {
        if let Some((_, value)) = self.extra().pairs.iter().find(|(k, _)| k == key) {
            return Some(value.clone());
        }
        if key == "id" && self.extra().unwritten_id {
            return None;
        }
        self.index_of(key).and_then(|index| self.get_field(index))
    }

    /// Puts a value under `key`, or removes it. A value that the declared type cannot hold is kept beside.
    ///
    /// A row keeps the id it is known by when the one in the file goes: that id is unwritten then.
    pub fn put(&mut self, key: &str, value: Option<Value>) {
        self.extra_mut().pairs.retain(|(k, _)| k != key);
        if key == "id" {
            let known = self.id().to_owned();
            self.put_value(key, value);
            self.extra_mut().unwritten_id = self.id().is_empty() && !known.is_empty();
            if self.id().is_empty() {
                self.set_id(known);
            }
            return;
        }
        self.put_value(key, value);
    }

    fn put_value(&mut self, key: &str, value: Option<Value>) {
        let kept = match self.index_of(key) {
            Some(index) => {
                if self.set_field(index, value.as_ref()) {
                    return;
                }
                self.set_field(index, None);
                value
            }
            None => value,
        };
        if let Some(value) = kept {
            self.extra_mut().pairs.push((key.to_owned(), value));
        }
    }

    /// All pairs that are present: declared ones in table order, then what is kept beside.
    pub fn pairs(&self) -> Pairs {
        let mut pairs: Pairs = Vec::new();
        for field in self.fields() {
            if let Some(value) = self.get(field.key) {
                pairs.push((field.key.to_owned(), value));
            }
        }
        for (key, value) in &self.extra().pairs {
            if self.index_of(key).is_none() {
                pairs.push((key.clone(), value.clone()));
            }
        }
        pairs
    }

    /// The declared field under `key`.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.key == key)
    }

    fn index_of(&self, key: &str) -> Option<usize> {
        self.fields().iter().position(|field| field.key == key)
    }
}

/// Rows of one table, whatever their type.
pub trait Rows {
    fn len(&self) -> usize;
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    fn row(&self, index: usize) -> Option<&dyn Row>;
    fn row_mut(&mut self, index: usize) -> Option<&mut dyn Row>;
    /// Inserts a row read from `pairs` at `index` (at most `len`).
    fn insert_pairs(&mut self, index: usize, pairs: &[(String, Value)]);
    fn remove_row(&mut self, index: usize);
    /// Moves the row at `from` so that it stands at `to` afterwards.
    fn move_row(&mut self, from: usize, to: usize);
    /// The declared fields of the table's rows.
    fn table_fields(&self) -> &'static [Field];
}

impl dyn Rows + '_ {
    /// The place of the `nth` row (0 is the first) with this id.
    pub fn position(&self, id: &str, nth: usize) -> Option<usize> {
        (0..self.len()).filter(|&i| self.row(i).is_some_and(|row| row.id() == id)).nth(nth)
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &dyn Row> {
        (0..self.len()).filter_map(|i| self.row(i))
    }
}

impl<R: TypedRow> Rows for Vec<R> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn row(&self, index: usize) -> Option<&dyn Row> {
        self.get(index).map(|row| row as &dyn Row)
    }
    fn row_mut(&mut self, index: usize) -> Option<&mut dyn Row> {
        self.get_mut(index).map(|row| row as &mut dyn Row)
    }
    fn insert_pairs(&mut self, index: usize, pairs: &[(String, Value)]) {
        let index = index.min(Vec::len(self));
        self.insert(index, R::from_pairs(pairs));
    }
    fn remove_row(&mut self, index: usize) {
        if index < Vec::len(self) {
            self.remove(index);
        }
    }
    fn move_row(&mut self, from: usize, to: usize) {
        if from < Vec::len(self) {
            let row = self.remove(from);
            let to = to.min(Vec::len(self));
            self.insert(to, row);
        }
    }
    fn table_fields(&self) -> &'static [Field] {
        R::FIELDS
    }
}

/// A row type with its field table.
pub trait TypedRow: Row + Default + Clone + PartialEq + 'static {
    const FIELDS: &'static [Field];

    /// Reads a row; what cannot be read is kept beside, nothing is lost.
    fn from_pairs(pairs: &[(String, Value)]) -> Self {
        let mut row = Self::default();
        for (key, value) in pairs {
            (&mut row as &mut dyn Row).put(key, Some(value.clone()));
        }
        row
    }
}

/// A whole file: the head's fields and the tables. The engine of edits works on this alone.
pub trait Record: Send + Sync {
    fn head(&self) -> &dyn Row;
    fn head_mut(&mut self) -> &mut dyn Row;
    /// Names of the tables, in the order of writing.
    fn tables(&self) -> &'static [&'static str];
    fn rows(&self, table: &str) -> Option<&dyn Rows>;
    fn rows_mut(&mut self, table: &str) -> Option<&mut dyn Rows>;
}

/// Declares row types: the struct, its field table and its reading and writing, from one list.
///
/// Each line is `key: Type = policy class shape;` with a comment that becomes the field's documentation.
macro_rules! row_types {
    ($(
        $(#[$meta:meta])*
        $name:ident $(ordered by $order:ident)? {
            $( $(#[$fmeta:meta])* $field:ident : $type:ty = $policy:ident $class:ident $shape:ident ; )*
        }
    )+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            /// Stable id of the row, never changed; empty in a record's head means nothing.
            pub id: String,
            $( $(#[$fmeta])* pub $field: $type, )*
            /// Unknown keys and values that could not be read.
            pub extra: $crate::domain::fields::Extra,
        }

        impl $crate::domain::fields::TypedRow for $name {
            const FIELDS: &'static [$crate::domain::fields::Field] = &[
                $crate::domain::fields::Field {
                    key: "id",
                    policy: $crate::domain::fields::Policy::Scalar,
                    class: $crate::domain::fields::Class::Record,
                    shape: $crate::domain::fields::Shape::Inline,
                    type_name: "String",
                },
                $( $crate::domain::fields::Field {
                    key: $crate::domain::fields::plain(stringify!($field)),
                    policy: $crate::domain::fields::Policy::$policy,
                    class: $crate::domain::fields::Class::$class,
                    shape: $crate::domain::fields::Shape::$shape,
                    type_name: stringify!($type),
                }, )*
            ];
        }

        impl $crate::domain::fields::Row for $name {
            fn fields(&self) -> &'static [$crate::domain::fields::Field] {
                <Self as $crate::domain::fields::TypedRow>::FIELDS
            }
            fn get_field(&self, index: usize) -> Option<$crate::domain::value::Value> {
                let mut at = 0;
                if index == at {
                    return $crate::domain::value::FieldType::write(&self.id);
                }
                $( at += 1; if index == at { return $crate::domain::value::FieldType::write(&self.$field); } )*
                let _ = at;
                None
            }
            fn set_field(&mut self, index: usize, value: Option<&$crate::domain::value::Value>) -> bool {
                let mut at = 0;
                if index == at {
                    return $crate::domain::fields::assign(&mut self.id, value);
                }
                $( at += 1; if index == at { return $crate::domain::fields::assign(&mut self.$field, value); } )*
                let _ = at;
                false
            }
            fn id(&self) -> &str { &self.id }
            fn set_id(&mut self, id: String) { self.id = id; }
            fn extra(&self) -> &$crate::domain::fields::Extra { &self.extra }
            fn extra_mut(&mut self) -> &mut $crate::domain::fields::Extra { &mut self.extra }
            fn order_time(&self) -> Option<chrono::NaiveDateTime> {
                None $( .or(self.$order) )?
            }
            fn as_any(&self) -> &dyn std::any::Any { self }
            fn same(&self, other: &dyn $crate::domain::fields::Row) -> bool {
                other.as_any().downcast_ref::<Self>().is_some_and(|other| other == self)
            }
        }

        impl $crate::domain::value::Filled for $name {
            fn read_filled(value: &$crate::domain::value::Value) -> Option<Self> {
                <Self as $crate::domain::value::FieldType>::read(value)
            }
            fn write_filled(&self) -> $crate::domain::value::Value {
                $crate::domain::value::Value::Table((self as &dyn $crate::domain::fields::Row).pairs())
            }
        }

        impl $crate::domain::value::FieldType for $name {
            fn read(value: &$crate::domain::value::Value) -> Option<Self> {
                match value {
                    $crate::domain::value::Value::Table(pairs) => {
                        Some(<Self as $crate::domain::fields::TypedRow>::from_pairs(pairs))
                    }
                    _ => None,
                }
            }
            fn write(&self) -> Option<$crate::domain::value::Value> {
                let pairs = (self as &dyn $crate::domain::fields::Row).pairs();
                Some($crate::domain::value::Value::Table(pairs))
            }
        }
    )+};
}
pub(crate) use row_types;

/// Declares a record: its head type and its tables by name, in the order of writing.
macro_rules! record_type {
    ($(#[$meta:meta])* $name:ident : $head:ty { $( $(#[$tmeta:meta])* $table:ident : $row:ty ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            pub head: $head,
            $( $(#[$tmeta])* pub $table: Vec<$row>, )*
        }

        impl $name {
            /// Names of the tables, in the order of writing.
            pub const TABLES: &'static [&'static str] = &[$(stringify!($table)),*];
        }

        impl $crate::domain::fields::Record for $name {
            fn head(&self) -> &dyn $crate::domain::fields::Row { &self.head }
            fn head_mut(&mut self) -> &mut dyn $crate::domain::fields::Row { &mut self.head }
            fn tables(&self) -> &'static [&'static str] { Self::TABLES }
            fn rows(&self, table: &str) -> Option<&dyn $crate::domain::fields::Rows> {
                match table {
                    $( stringify!($table) => Some(&self.$table as &dyn $crate::domain::fields::Rows), )*
                    _ => None,
                }
            }
            fn rows_mut(&mut self, table: &str) -> Option<&mut dyn $crate::domain::fields::Rows> {
                match table {
                    $( stringify!($table) => Some(&mut self.$table as &mut dyn $crate::domain::fields::Rows), )*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use record_type;

/// The key for a field name: Rust spells keywords as `r#for`, files do not.
pub const fn plain(name: &'static str) -> &'static str {
    let bytes = name.as_bytes();
    if bytes.len() > 2 && bytes[0] == b'r' && bytes[1] == b'#' { name.split_at(2).1 } else { name }
}

/// Puts a value into a typed field; `false` and no change when it does not fit. Used by `row_types!`.
pub fn assign<T: crate::domain::value::FieldType>(field: &mut T, value: Option<&Value>) -> bool {
    match value {
        None => {
            *field = T::default();
            true
        }
        Some(value) => match T::read(value) {
            Some(read) => {
                *field = read;
                true
            }
            None => false,
        },
    }
}
