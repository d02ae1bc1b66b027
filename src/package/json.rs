//! JSON from outside: no key twice in one object, nesting bounded (serde_json's 128 levels), no NaN or infinity, and not
//! more values than a package can need: `[0,0,0,...` takes many times its size in memory.
//!
//! Readers of JSON differ in which of two equal keys they take; a package that has such a pair says two things at once.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::limits;
use super::refusal::Refusal;

/// Parses a whole document.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let mut duplicate = None;
    let mut room = limits::JSON_VALUES;
    let value = Unique { duplicate: &mut duplicate, room: &mut room }.deserialize(&mut deserializer);
    let value = value.and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| match duplicate {
        Some(key) => Refusal::DuplicateKey(key),
        None => Refusal::DescriptorSyntax(error.to_string()),
    })
}

/// Builds a [`Value`], and stops at the first key that stands twice in one object, and where there is no more room.
struct Unique<'a> {
    duplicate: &'a mut Option<String>,
    /// How many more values there may be.
    room: &'a mut usize,
}

impl Unique<'_> {
    /// The same for a value within this one.
    fn within(&mut self) -> Unique<'_> {
        Unique { duplicate: self.duplicate, room: self.room }
    }
}

impl<'de> DeserializeSeed<'de> for Unique<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        *self.room = self.room.checked_sub(1).ok_or_else(|| D::Error::custom("too many values"))?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.within())? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if object.contains_key(&key) {
                let error = A::Error::custom(format!("key {key:?} twice"));
                *self.duplicate = Some(key);
                return Err(error);
            }
            let value = members.next_value_seed(self.within())?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
