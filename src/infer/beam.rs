//! Beam search: follows the likeliest sequences side by side, exactly as onnxruntime-genai 0.18 does.
//!
//! Which sequences go on and which are found is decided as in its `beam_search_scorer.cpp` and `search.cpp`,
//! down to the order in which numbers are added up. Nothing is drawn, and nothing becomes text here.

use std::ops::ControlFlow;
use std::time::Instant;

use super::engine::Engine;
use super::error::Error;
use super::feed;
use super::partial_sort::First;
use super::sample::penalise;
use super::search::{Beams, Settings};

/// The score that all beams but the first begin with, so that they do not all go the same way.
const UNBEGUN: f32 = -1e9;

/// A sequence that was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hypothesis {
    /// The prompt and what follows it, without an end token.
    pub(super) sequence: Vec<u32>,
    /// The sum of the logarithms of its tokens' probabilities, over its length to the power of the penalty.
    pub(super) score: f32,
    /// Whether an end token followed.
    pub(super) is_ended: bool,
}

/// What a search found.
#[derive(Debug)]
pub(super) struct Found {
    /// As many as were asked for, the best first.
    pub(super) hypotheses: Vec<Hypothesis>,
    pub(super) is_interrupted: bool,
    /// When the first step was taken.
    pub(super) first_step: Option<Instant>,
}

/// A sequence that is followed.
#[derive(Debug, Clone)]
struct Beam {
    sequence: Vec<u32>,
    score: f32,
    /// The engine's row that has its tokens but the last.
    row: usize,
}

/// A token that might go on with one of the beams.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    beam: usize,
    token: u32,
    score: f32,
}

/// Follows `prompt` until enough sequences are found; the listener is asked after every step.
pub(super) fn search(
    engine: &mut dyn Engine,
    settings: &Settings,
    beams: Beams,
    end_tokens: &[u32],
    prompt: &[u32],
    listener: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Found, Error> {
    let mut search = BeamSearch::new(settings, beams, end_tokens, prompt);
    let mut first_step = None;
    engine.begin(beams.count, settings.max_length)?;
    let mut flow = feed::feed(engine, 0, prompt, settings.chunk_size, listener)?;
    while flow.is_continue() && !search.is_done() {
        let candidates = search.candidates(engine);
        search.advance(&candidates);
        first_step.get_or_insert_with(Instant::now);
        flow = listener();
        if flow.is_continue() && !search.is_done() {
            search.step(engine)?;
        }
    }
    Ok(Found {
        hypotheses: search.finish(),
        is_interrupted: flow.is_break(),
        first_step,
    })
}

/// A search on its way.
struct BeamSearch<'a> {
    settings: &'a Settings,
    wanted: Beams,
    end_tokens: &'a [u32],
    prompt: usize,
    beams: Vec<Beam>,
    /// Which of the engine's rows have the prompt.
    is_filled: Vec<bool>,
    found: Hypotheses,
    is_closed: bool,
}

impl<'a> BeamSearch<'a> {
    fn new(settings: &'a Settings, wanted: Beams, end_tokens: &'a [u32], prompt: &[u32]) -> Self {
        let beams = (0..wanted.count).map(|beam| Beam {
            sequence: prompt.to_vec(),
            score: if beam == 0 { 0.0 } else { UNBEGUN },
            row: 0,
        });
        Self {
            settings,
            wanted,
            end_tokens,
            prompt: prompt.len(),
            beams: beams.collect(),
            is_filled: (0..wanted.count).map(|row| row == 0).collect(),
            found: Hypotheses::new(wanted),
            is_closed: false,
        }
    }

    fn length(&self) -> usize {
        self.beams.first().map_or(0, |beam| beam.sequence.len())
    }

    fn is_done(&self) -> bool {
        self.is_closed || self.beams.is_empty() || self.length() >= self.settings.max_length
    }

    /// The best tokens over all beams, twice as many as there are beams, the best first.
    fn candidates(&self, engine: &mut dyn Engine) -> Vec<Candidate> {
        let mut best = First::new(2 * self.wanted.count, |candidate: &Candidate| {
            candidate.score
        });
        let mut prepared = None;
        for (index, beam) in self.beams.iter().enumerate() {
            let logits = engine.logits(beam.row);
            // At the beginning all beams have the same row.
            if prepared.replace(beam.row) != Some(beam.row) {
                penalise(self.settings, self.end_tokens, logits, &beam.sequence);
                log_softmax(logits);
            }
            for (token, logit) in (0..).zip(logits.iter()) {
                let score = logit + beam.score;
                if !score.is_nan() {
                    best.offer(Candidate {
                        beam: index,
                        token,
                        score,
                    });
                }
            }
        }
        best.sorted()
    }

    /// Goes on with the best candidates, and keeps what they end.
    fn advance(&mut self, candidates: &[Candidate]) {
        let count = self.wanted.count;
        let mut next = Vec::with_capacity(count);
        for (rank, candidate) in candidates.iter().enumerate() {
            let Some(beam) = self.beams.get(candidate.beam) else {
                continue;
            };
            if !self.end_tokens.contains(&candidate.token) {
                let mut sequence = beam.sequence.clone();
                sequence.push(candidate.token);
                next.push(Beam {
                    sequence,
                    score: candidate.score,
                    row: beam.row,
                });
            } else if rank < count {
                self.found.add(beam.sequence.clone(), candidate.score, true);
            }
            if next.len() == count {
                break;
            }
        }
        let best = candidates.first().map_or(f32::MIN, |best| best.score);
        self.is_closed = self.found.is_full()
            && (self.wanted.early_stopping || !self.found.can_improve(best, self.length()));
        self.beams = next;
    }

    /// Runs the beams' last tokens, each in the row of what goes before it.
    fn step(&mut self, engine: &mut dyn Engine) -> Result<(), Error> {
        let mut is_free = vec![true; self.wanted.count];
        let mut homeless = Vec::new();
        for (index, beam) in self.beams.iter().enumerate() {
            match is_free.get_mut(beam.row) {
                Some(is_free) if *is_free => *is_free = false,
                _ => homeless.push(index),
            }
        }
        // One of the beams that come from a row stays there; the others go where no beam stayed.
        let free = (0..).zip(is_free).filter(|(_, is_free)| *is_free);
        for (index, (row, _)) in homeless.into_iter().zip(free) {
            let (Some(beam), Some(is_filled)) =
                (self.beams.get_mut(index), self.is_filled.get_mut(row))
            else {
                continue;
            };
            engine.copy(beam.row, row, if *is_filled { self.prompt } else { 0 });
            *is_filled = true;
            beam.row = row;
        }
        let mut tokens = vec![0; self.wanted.count];
        for beam in &self.beams {
            if let (Some(token), Some(last)) = (tokens.get_mut(beam.row), beam.sequence.last()) {
                *token = *last;
            }
        }
        engine.step(&tokens)
    }

    fn finish(mut self) -> Vec<Hypothesis> {
        if !self.is_closed {
            for beam in self.beams {
                self.found.add(beam.sequence, beam.score, false);
            }
        }
        self.found.best.truncate(self.wanted.sequences);
        self.found.best
    }
}

/// The best sequences so far.
#[derive(Debug)]
struct Hypotheses {
    best: Vec<Hypothesis>,
    wanted: Beams,
}

impl Hypotheses {
    fn new(wanted: Beams) -> Self {
        Self {
            best: Vec::with_capacity(wanted.count + 1),
            wanted,
        }
    }

    fn is_full(&self) -> bool {
        self.best.len() >= self.wanted.count
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "sequences are far shorter than 2^24, and the reference rounds the same way"
    )]
    fn score(&self, sum: f32, length: usize) -> f32 {
        sum / (length as f32).powf(self.wanted.length_penalty)
    }

    /// Keeps a sequence if it is one of the best; of equals, those that came first.
    fn add(&mut self, sequence: Vec<u32>, sum: f32, is_ended: bool) {
        let score = self.score(sum, sequence.len());
        let place = self.best.iter().take_while(|better| score <= better.score);
        let place = place.count();
        let hypothesis = Hypothesis {
            sequence,
            score,
            is_ended,
        };
        self.best.insert(place, hypothesis);
        self.best.truncate(self.wanted.count);
    }

    /// Whether a sequence of this length and sum would be better than the worst.
    fn can_improve(&self, sum: f32, length: usize) -> bool {
        let score = self.score(sum, length);
        self.best.last().is_some_and(|worst| worst.score < score)
    }
}

/// Logits to logarithms of probabilities.
fn log_softmax(logits: &mut [f32]) {
    let largest = logits.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0_f32;
    for logit in logits.iter_mut() {
        *logit -= largest;
        sum += logit.exp();
    }
    let sum = sum.ln();
    for logit in logits {
        *logit -= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::engine::testing::Scripted;
    use crate::infer::search::{Choice, UsedOptions};

    /// A model with four tokens, of which the last is the end. Each token has the same logits wherever it
    /// stands.
    fn markov(logits: [[f32; 4]; 4]) -> Scripted {
        Scripted::new(move |token| logits[token as usize].to_vec())
    }

    fn beams(count: usize, early_stopping: bool) -> Beams {
        Beams {
            count,
            sequences: count,
            length_penalty: 1.0,
            early_stopping,
        }
    }

    fn run(engine: &mut Scripted, beams: Beams, max_length: usize) -> Vec<Hypothesis> {
        let settings = Settings {
            max_length,
            is_length_asked: true,
            min_length: 0,
            choice: Choice::Beams(beams),
            repetition_penalty: 1.0,
            no_repeat_ngram_size: 0,
            seed: None,
            chunk_size: None,
            stop: Vec::new(),
            used: UsedOptions::default(),
        };
        let go_on = &mut || ControlFlow::Continue(());
        let found = search(engine, &settings, beams, &[3], &[0], go_on).unwrap();
        found.hypotheses
    }

    #[test]
    fn the_likeliest_sequence_need_not_begin_with_the_likeliest_token() {
        let low = -9.0;
        // 1 is a little likelier than 2 at first, but what follows 1 is anybody's guess.
        let mut engine = markov([
            [low, 0.2, 0.0, low],
            [0.0, 0.0, 0.0, 0.0],
            [low, low, low, 5.0],
            [low; 4],
        ]);
        let found = run(&mut engine, beams(2, true), 8);
        assert_eq!(found[0].sequence, [0, 2]);
        assert!(found[0].is_ended);
        assert!(found[0].score > found[1].score);
    }

    #[test]
    fn every_row_has_the_tokens_of_its_beam() {
        // No end in sight, and beams that change places all the time: `copy` checks what it is told.
        let mut engine = markov([
            [0.3, 0.2, 0.1, -90.0],
            [0.1, 0.0, 0.4, -90.0],
            [0.2, 0.3, 0.0, -90.0],
            [0.0; 4],
        ]);
        let found = run(&mut engine, beams(4, false), 12);
        assert_eq!(found.len(), 4);
        for hypothesis in &found {
            assert!(!hypothesis.is_ended);
            assert_eq!(hypothesis.sequence.len(), 12);
        }
        // The last token of each has not been run any more.
        for row in &engine.rows {
            assert_eq!(row.len(), 11);
        }
    }

    #[test]
    fn logits_that_are_no_numbers_end_the_search() {
        let mut engine = markov([[f32::NAN; 4]; 4]);
        assert_eq!(run(&mut engine, beams(2, true), 8), []);
    }

    #[test]
    fn only_the_best_hypotheses_are_kept_the_first_of_equals() {
        let mut best = Hypotheses::new(beams(2, true));
        best.add(vec![1; 4], -8.0, true);
        best.add(vec![2; 2], -2.0, true);
        best.add(vec![3; 4], -8.0, true);
        let kept: Vec<_> = best.best.iter().map(|kept| kept.sequence[0]).collect();
        assert_eq!(kept, [2, 1]);
        assert!(!best.can_improve(-8.0, 4));
        assert!(best.can_improve(-7.0, 4));
        best.add(vec![4; 4], -6.0, true);
        let kept: Vec<_> = best.best.iter().map(|kept| kept.sequence[0]).collect();
        assert_eq!(kept, [2, 4]);
    }
}
