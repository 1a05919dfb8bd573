//! Questions, answers, rules, the journey through them and the result they give.

pub mod advice;
pub mod answer;
pub mod instrument;
pub mod journey;
pub mod level;
pub mod names;
pub mod question;
pub mod result;
pub mod rule;
pub mod unit;
