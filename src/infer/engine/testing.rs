//! A made-up engine for tests: it keeps rows of tokens, and a rule says what comes after them.
//!
//! Runs no model. It checks what it is told about the rows that it copies.

use std::fmt;

use super::Engine;
use crate::infer::Error;

/// Tells the logits behind a row's last token.
type Rule = Box<dyn Fn(u32) -> Vec<f32> + Send>;

/// The engine.
pub(crate) struct Scripted {
    rule: Rule,
    pub(crate) rows: Vec<Vec<u32>>,
    logits: Vec<(usize, Vec<f32>)>,
    /// How many more steps go well.
    steps_left: usize,
}

impl Scripted {
    pub(crate) fn new(rule: impl Fn(u32) -> Vec<f32> + Send + 'static) -> Self {
        Self {
            rule: Box::new(rule),
            rows: Vec::new(),
            logits: Vec::new(),
            steps_left: usize::MAX,
        }
    }

    /// Fails after so many steps.
    pub(crate) fn failing_after(self, steps: usize) -> Self {
        Self {
            steps_left: steps,
            ..self
        }
    }

    fn run(&mut self, row: usize, tokens: &[u32]) {
        self.rows[row].extend(tokens);
        self.logits
            .push((row, (self.rule)(*tokens.last().unwrap())));
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Scripted");
        shown.field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl Engine for Scripted {
    fn begin(&mut self, rows: usize, _length: usize) -> Result<(), Error> {
        self.rows = vec![Vec::new(); rows];
        Ok(())
    }

    fn keep(&mut self, _tokens: usize, length: usize) -> Result<usize, Error> {
        self.begin(1, length)?;
        Ok(0)
    }

    fn length(&self, row: usize) -> usize {
        self.rows[row].len()
    }

    fn forward(&mut self, row: usize, tokens: &[u32]) -> Result<(), Error> {
        self.logits.clear();
        self.run(row, tokens);
        Ok(())
    }

    fn step(&mut self, tokens: &[u32]) -> Result<(), Error> {
        self.steps_left = self.steps_left.checked_sub(1).ok_or(Error::NoEngine)?;
        self.logits.clear();
        for (row, token) in tokens.iter().enumerate() {
            self.run(row, &[*token]);
        }
        Ok(())
    }

    fn logits(&mut self, row: usize) -> &mut [f32] {
        let mut logits = self.logits.iter_mut();
        &mut logits.find(|(told, _)| *told == row).unwrap().1
    }

    fn copy(&mut self, from: usize, to: usize, same: usize) {
        let copied = self.rows[from].clone();
        assert_eq!(copied[..same], self.rows[to][..same]);
        self.rows[to] = copied;
    }

    fn truncate(&mut self, row: usize, length: usize) {
        self.rows[row].truncate(length);
    }

    fn is_faster_together(&self) -> bool {
        true
    }

    fn switches(&self) -> bool {
        true
    }

    fn token_bytes(&self) -> usize {
        1
    }
}
