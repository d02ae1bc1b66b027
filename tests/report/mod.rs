//! Reports: what they say, how they look in Word, and what Excel gets.

mod content;
mod docx;
mod letters;
pub mod sample;
mod xlsx;
