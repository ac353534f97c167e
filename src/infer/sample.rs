//! Picks the next token from the logits, to the bit as onnxruntime-genai 0.18 does with the same seed.
//!
//! There a draw is `std::discrete_distribution` over `std::mt19937` (`search.cpp`, GCC's standard library);
//! here both are written out, so that the result does not depend on any library.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hasher as _};

use super::search::{Choice, Settings};

/// Picks tokens one after the other.
#[derive(Debug)]
pub(super) struct Sampler<'a> {
    settings: &'a Settings,
    end_tokens: &'a [u32],
    generator: Mt19937,
}

impl<'a> Sampler<'a> {
    /// Starts a sequence of draws; without a seed, a different one each time.
    pub(super) fn new(settings: &'a Settings, end_tokens: &'a [u32]) -> Self {
        let seed = settings.seed.unwrap_or_else(|| {
            let random = std::hash::RandomState::new().build_hasher().finish();
            (random >> 32) as u32
        });
        Self {
            settings,
            end_tokens,
            generator: Mt19937::new(seed),
        }
    }

    /// The token after `sequence`, which is prompt and answer so far.
    pub(super) fn pick(&mut self, logits: &mut [f32], sequence: &[u32]) -> u32 {
        penalise(self.settings, self.end_tokens, logits, sequence);
        let index = match self.settings.choice {
            // A beam search has no use for a sampler; what it would pick alone is the likeliest.
            Choice::Greedy | Choice::Beams(_) => largest(logits),
            Choice::Draw {
                top_k,
                top_p,
                temperature,
            } => {
                let candidates = candidates(logits, top_k, top_p, temperature);
                draw(&candidates, &mut self.generator)
            }
        };
        u32::try_from(index).unwrap_or_default()
    }
}

/// Changes the logits of the token after `sequence` as the settings ask for.
pub(super) fn penalise(
    settings: &Settings,
    end_tokens: &[u32],
    logits: &mut [f32],
    sequence: &[u32],
) {
    if sequence.len() < settings.min_length {
        for &token in end_tokens {
            set(logits, token, |_| f32::MIN);
        }
    }
    let penalty = settings.repetition_penalty;
    #[expect(clippy::float_cmp, reason = "exactly 1 means that there is no penalty")]
    if penalty != 1.0 {
        for token in sequence.iter().collect::<BTreeSet<_>>() {
            set(logits, *token, |logit| {
                if logit < 0.0 {
                    logit * penalty
                } else {
                    logit / penalty
                }
            });
        }
    }
    let size = settings.no_repeat_ngram_size;
    let known = size.checked_sub(1).and_then(|known| {
        let start = sequence.len().checked_sub(known)?;
        sequence.get(start..)
    });
    if let Some(known) = known {
        for ngram in sequence.windows(size) {
            if let Some((last, first)) = ngram.split_last()
                && first == known
            {
                set(logits, *last, |_| f32::MIN);
            }
        }
    }
}

fn set(logits: &mut [f32], token: u32, change: impl FnOnce(f32) -> f32) {
    if let Some(logit) = logits.get_mut(token as usize) {
        *logit = change(*logit);
    }
}

/// The first of the largest.
fn largest(logits: &[f32]) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (index, &logit) in logits.iter().enumerate() {
        if logit > best.1 {
            best = (index, logit);
        }
    }
    best.0
}

/// A token that may be drawn, and its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    token: usize,
    probability: f32,
}

/// The likeliest tokens, from the likeliest down; their probabilities add up to one.
fn candidates(
    logits: &[f32],
    top_k: Option<usize>,
    top_p: f32,
    temperature: f32,
) -> Vec<Candidate> {
    let mut sorted: Vec<Candidate> = logits
        .iter()
        .enumerate()
        .map(|(token, &probability)| Candidate { token, probability })
        .collect();
    let likelier = |a: &Candidate, b: &Candidate| {
        b.probability
            .total_cmp(&a.probability)
            .then(a.token.cmp(&b.token))
    };
    if let Some(top_k) = top_k.filter(|top_k| *top_k < sorted.len()) {
        sorted.select_nth_unstable_by(top_k, likelier);
        sorted.truncate(top_k);
    }
    sorted.sort_unstable_by(likelier);
    let top = sorted.first().map_or(0.0, |first| first.probability);
    let scale = 1.0 / temperature;
    for candidate in &mut sorted {
        candidate.probability = ((candidate.probability - top) * scale).exp();
    }
    let kept = if top_k.is_some() {
        let sum = sum(&sorted);
        for candidate in &mut sorted {
            candidate.probability /= sum;
        }
        // 0 and 1 switch the nucleus off.
        let has_nucleus = top_p > 0.0 && top_p < 1.0;
        has_nucleus.then(|| nucleus(&sorted, top_p)).flatten()
    } else {
        bounded_nucleus(&sorted, top_p)
    };
    sorted.truncate(kept.unwrap_or(sorted.len()));
    let scale = 1.0 / sum(&sorted);
    for candidate in &mut sorted {
        candidate.probability *= scale;
    }
    sorted
}

fn sum(candidates: &[Candidate]) -> f32 {
    candidates
        .iter()
        .map(|candidate| candidate.probability)
        .sum()
}

/// How many of the likeliest tokens reach `top_p` together.
fn nucleus(sorted: &[Candidate], top_p: f32) -> Option<usize> {
    let mut cumulative = 0.0_f32;
    let last = sorted.iter().position(|candidate| {
        cumulative += candidate.probability;
        cumulative >= top_p
    })?;
    Some(last + 1)
}

/// The nucleus where no `top_k` is set; weights need not add up to one.
///
/// The reference does not add up the whole vocabulary there. It takes every token still to come to be as
/// likely as the current one, so its nucleus is somewhat larger than need be; and it sorts 16, 64, 256, …
/// tokens at a time and does not see that it could have stopped at the last of such a part.
#[expect(
    clippy::cast_precision_loss,
    reason = "vocabularies are far smaller than 2^24, and the reference rounds the same way"
)]
fn bounded_nucleus(sorted: &[Candidate], top_p: f32) -> Option<usize> {
    let mut cumulative = 0.0_f32;
    let mut part = 16;
    for (count, candidate) in (1..).zip(sorted) {
        cumulative += candidate.probability;
        let to_come = (sorted.len() - count) as f32 * candidate.probability;
        if count == part {
            part *= 4;
        } else if cumulative >= top_p * (cumulative + to_come) {
            return Some(count);
        }
    }
    None
}

/// `std::discrete_distribution`: two outputs of the generator for a draw, none where there is no choice.
fn draw(candidates: &[Candidate], generator: &mut Mt19937) -> usize {
    let [first, _, ..] = candidates else {
        return candidates.first().map_or(0, |only| only.token);
    };
    let sum: f64 = candidates
        .iter()
        .map(|candidate| f64::from(candidate.probability))
        .sum();
    let drawn = generator.canonical();
    let mut cumulative = 0.0;
    for candidate in candidates {
        cumulative += f64::from(candidate.probability) / sum;
        if cumulative >= drawn {
            return candidate.token;
        }
    }
    candidates.last().unwrap_or(first).token
}

/// The Mersenne twister of Matsumoto and Nishimura (1998), as `std::mt19937` seeds it.
#[derive(Debug)]
struct Mt19937 {
    state: [u32; Self::SIZE],
    next: usize,
}

impl Mt19937 {
    const SIZE: usize = 624;
    const SHIFT: usize = 397;

    fn new(seed: u32) -> Self {
        let mut state = [0; Self::SIZE];
        let mut last = seed;
        for (index, word) in (0..).zip(&mut state) {
            if index > 0 {
                last = 1_812_433_253_u32
                    .wrapping_mul(last ^ (last >> 30))
                    .wrapping_add(index);
            }
            *word = last;
        }
        Self {
            state,
            next: Self::SIZE,
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "every index is taken modulo the size of the array"
    )]
    fn twist(&mut self) {
        for index in 0..Self::SIZE {
            let mixed = (self.state[index] & 0x8000_0000)
                | (self.state[(index + 1) % Self::SIZE] & 0x7fff_ffff);
            let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[index] = self.state[(index + Self::SHIFT) % Self::SIZE] ^ (mixed >> 1) ^ odd;
        }
        self.next = 0;
    }

    fn next(&mut self) -> u32 {
        if self.next >= Self::SIZE {
            self.twist();
        }
        let mut word = self.state.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// `std::generate_canonical<double, 53>`: the low half first.
    fn canonical(&mut self) -> f64 {
        const HALF: f64 = 4_294_967_296.0;
        let low = f64::from(self.next());
        let high = f64::from(self.next());
        let drawn = (low + high * HALF) / (HALF * HALF);
        if drawn < 1.0 {
            drawn
        } else {
            1.0_f64.next_down()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::search::UsedOptions;
    use proptest::prelude::*;

    fn settings() -> Settings {
        Settings {
            max_length: 100,
            is_length_asked: true,
            min_length: 0,
            choice: Choice::Greedy,
            repetition_penalty: 1.0,
            no_repeat_ngram_size: 0,
            seed: Some(1),
            chunk_size: None,
            stop: Vec::new(),
            used: UsedOptions::default(),
        }
    }

    #[test]
    fn the_twister_gives_the_published_numbers() {
        let mut generator = Mt19937::new(5489);
        let first: Vec<u32> = (0..5).map(|_| generator.next()).collect();
        assert_eq!(
            first,
            [
                3_499_211_612,
                581_869_302,
                3_890_346_734,
                3_586_334_585,
                545_404_204
            ]
        );
        // C++ [rand.predef]: the 10000th output of a default-constructed `mt19937`.
        let last = (5..10_000).map(|_| generator.next()).last();
        assert_eq!(last, Some(4_123_659_995));
    }

    #[test]
    fn the_first_of_equals_is_the_greedy_choice() {
        assert_eq!(largest(&[0.0, 2.0, 1.0, 2.0]), 1);
        assert_eq!(largest(&[f32::NAN, -1.0]), 1);
        assert_eq!(largest(&[]), 0);
    }

    #[test]
    fn end_tokens_wait_for_the_minimum_length() {
        let settings = Settings {
            min_length: 3,
            ..settings()
        };
        let mut sampler = Sampler::new(&settings, &[1]);
        assert_eq!(sampler.pick(&mut [0.0, 9.0, 1.0], &[0, 0]), 2);
        assert_eq!(sampler.pick(&mut [0.0, 9.0, 1.0], &[0, 0, 0]), 1);
    }

    #[test]
    fn what_was_there_is_less_likely() {
        let settings = Settings {
            repetition_penalty: 2.0,
            ..settings()
        };
        let mut sampler = Sampler::new(&settings, &[]);
        let mut logits = [4.0, -1.0, 3.0];
        assert_eq!(sampler.pick(&mut logits, &[0, 1, 1, 0]), 2);
        assert_eq!(logits.map(f32::to_bits), [2.0, -2.0, 3.0].map(f32::to_bits));
    }

    #[test]
    fn a_sequence_does_not_come_twice() {
        let settings = Settings {
            no_repeat_ngram_size: 2,
            ..settings()
        };
        let mut sampler = Sampler::new(&settings, &[]);
        assert_eq!(sampler.pick(&mut [0.0, 9.0, 1.0], &[0, 1, 2, 0]), 2);
        assert_eq!(sampler.pick(&mut [0.0, 9.0, 1.0], &[0, 1, 2]), 1);
        assert_eq!(sampler.pick(&mut [0.0, 9.0, 1.0], &[]), 1);
    }

    #[test]
    fn the_nucleus_ends_where_the_probability_is_reached() {
        let logits = [0.0, 3.0, 2.0, -5.0];
        let tokens = |top_k, top_p| -> Vec<usize> {
            candidates(&logits, top_k, top_p, 1.0)
                .iter()
                .map(|candidate| candidate.token)
                .collect()
        };
        assert_eq!(tokens(Some(3), 0.0), [1, 2, 0]);
        assert_eq!(tokens(Some(3), 0.7), [1]);
        assert_eq!(tokens(Some(3), 0.9), [1, 2]);
        assert_eq!(tokens(None, 1.0).len(), 4);
        assert_eq!(tokens(None, 0.0), [1]);
        // 0.72 of 0.72 + 3 · 0.26 are likelier than half, but not by this bound.
        assert_eq!(tokens(None, 0.5), [1, 2]);
    }

    proptest! {
        #[test]
        fn probabilities_add_up(
            logits in proptest::collection::vec(-20.0_f32..20.0, 1..50),
            top_k in 2_usize..60,
            top_p in 0.0_f32..=1.0,
            temperature in 0.05_f32..10.0,
        ) {
            let kept = candidates(&logits, Some(top_k), top_p, temperature);
            let sum: f32 = kept.iter().map(|candidate| candidate.probability).sum();
            prop_assert!((sum - 1.0).abs() < 1e-4);
            let token = draw(&kept, &mut Mt19937::new(7));
            prop_assert!(token < logits.len());
        }
    }
}
