//! The rules of the house as tests: each reads the project's files, or asks the database's catalogue, and fails with
//! the file, the line and what to do. Every checker also has a planted fault, so that none can pass by being blind.

#![expect(clippy::string_slice, reason = "the checkers cut source text where they found a sign, never inside a letter")]

#[cfg(test)]
mod callers;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod files;
#[cfg(test)]
mod floors;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod left_overs;
#[cfg(test)]
mod markup;
#[cfg(test)]
mod names;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod rust_text;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod schema_rules;
#[cfg(test)]
mod security;
#[cfg(test)]
mod sizes;
#[cfg(test)]
#[path = "../spoilt/spoil.rs"]
mod spoil;
#[cfg(test)]
mod spoilt;
#[cfg(test)]
mod template_text;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod words;
