//! Picks the next token from the logits, to the bit as onnxruntime-genai 0.18 does with the same seed.
//!
//! There a draw is `std::discrete_distribution` over `std::mt19937` (`search.cpp`, GCC's standard library);
//! here both are written out, so that the result does not depend on any library.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hasher as _};

use super::partial_sort::sort_first;
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

/// A token that may be drawn, and how likely it is: its logit first, its probability later.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    token: usize,
    weight: f32,
}

impl Candidate {
    fn weight(&self) -> f32 {
        self.weight
    }
}

/// The likeliest tokens, from the likeliest down; their probabilities add up to one.
fn candidates(
    logits: &[f32],
    top_k: Option<usize>,
    top_p: f32,
    temperature: f32,
) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = logits
        .iter()
        .enumerate()
        .map(|(token, &weight)| Candidate { token, weight })
        .collect();
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let scale = 1.0 / temperature;
    let weight = |candidate: &Candidate| ((candidate.weight - top) * scale).exp();
    if let Some(top_k) = top_k {
        let top_k = top_k.min(all.len());
        sort_first(&mut all, top_k, Candidate::weight);
        all.truncate(top_k);
    } else {
        let kept = bounded_nucleus(&mut all, top_p, weight);
        all.truncate(kept);
    }
    for candidate in &mut all {
        candidate.weight = weight(candidate);
    }
    if top_k.is_some() {
        let sum = sum(&all);
        for candidate in &mut all {
            candidate.weight /= sum;
        }
        // 0 and 1 switch the nucleus off.
        if top_p > 0.0 && top_p < 1.0 {
            let weights: Vec<f32> = all.iter().map(|candidate| candidate.weight).collect();
            all.truncate(nucleus(&weights, top_p));
        }
    }
    let scale = 1.0 / sum(&all);
    for candidate in &mut all {
        candidate.weight *= scale;
    }
    all
}

fn sum(candidates: &[Candidate]) -> f32 {
    candidates.iter().map(|candidate| candidate.weight).sum()
}

/// How many of the weights, which go from the largest down, reach `enough` together.
fn nucleus(weights: &[f32], enough: f32) -> usize {
    let mut cumulative = 0.0_f32;
    let last = weights.iter().position(|weight| {
        cumulative += weight;
        cumulative >= enough
    });
    last.map_or(weights.len(), |last| last + 1)
}

/// How many of the likeliest tokens are the nucleus where no `top_k` is set; they are sorted to the front.
///
/// The reference (`FindNucleus`, `speculative_sampling.h`) does not add up the whole vocabulary there. It takes every
/// token still to come to be as likely as the current one, so its nucleus is somewhat larger than need be; and it
/// sorts 16, 64, 256, … tokens at a time and does not see that it could have stopped at the last of such a part. Up to
/// 64 tokens are added up after all.
#[expect(
    clippy::cast_precision_loss,
    reason = "vocabularies are far smaller than 2^24, and the reference rounds the same way"
)]
fn bounded_nucleus(all: &mut [Candidate], top_p: f32, weight: impl Fn(&Candidate) -> f32) -> usize {
    const FIRST: usize = 16;
    const GROWTH: usize = 4;
    if all.len() <= FIRST * GROWTH {
        let first = FIRST.min(all.len());
        sort_first(all, first, Candidate::weight);
        let rest = all.get_mut(first..).unwrap_or_default();
        sort_first(rest, usize::MAX, Candidate::weight);
        let weights: Vec<f32> = all.iter().map(weight).collect();
        let sum: f32 = weights.iter().sum();
        return nucleus(&weights, top_p * sum);
    }
    let mut cumulative = 0.0_f32;
    let size = all.len();
    let (mut sorted, mut part) = (0, FIRST);
    while sorted < size {
        let rest = all.get_mut(sorted..).unwrap_or_default();
        sort_first(rest, part - sorted, Candidate::weight);
        for (count, candidate) in (sorted + 1..=part).zip(&*rest) {
            let weight = weight(candidate);
            cumulative += weight;
            let to_come = (size - count) as f32 * weight;
            if cumulative >= top_p * (cumulative + to_come) && count < part {
                return count;
            }
        }
        sorted = part;
        part = (part * GROWTH).min(size);
    }
    size
}

/// `std::discrete_distribution`: two outputs of the generator for a draw, none where there is no choice.
fn draw(candidates: &[Candidate], generator: &mut Mt19937) -> usize {
    let [first, _, ..] = candidates else {
        return candidates.first().map_or(0, |only| only.token);
    };
    let sum: f64 = candidates
        .iter()
        .map(|candidate| f64::from(candidate.weight))
        .sum();
    let drawn = generator.canonical();
    let mut cumulative = 0.0;
    for candidate in candidates {
        cumulative += f64::from(candidate.weight) / sum;
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
        assert_eq!(tokens(None, 0.5), [1]);
    }

    #[test]
    fn the_nucleus_of_many_tokens_is_a_bound() {
        let mut logits = [-5.0; 100];
        logits[..3].copy_from_slice(&[0.0, 3.0, 2.0]);
        let kept = |top_p| candidates(&logits, None, top_p, 1.0).len();
        assert_eq!(kept(1.0), 100);
        assert_eq!(kept(0.0), 1);
        // The first alone is more than half, but not of what the bound takes to be there.
        assert_eq!(kept(0.5), 4);
        // The end of a part is passed over.
        let kept = |logits: &[f32]| candidates(logits, None, 0.004, 1.0).len();
        assert_eq!(kept(&[1.0; 4_000]), 17);
    }

    /// What `std::partial_sort` of GCC makes of numbers that are often equal.
    #[test]
    fn equal_logits_are_in_the_order_of_the_reference() {
        let mut state = 7_u32;
        let logits: [f32; 100] = std::array::from_fn(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from((state >> 24) as u8 % 4)
        });
        let first = |count, among| -> Vec<usize> {
            let kept = candidates(&logits[..among], Some(count), 1.0, 1.0);
            kept.iter().map(|candidate| candidate.token).collect()
        };
        assert_eq!(first(5, 12), [9, 5, 3, 1, 7]);
        let sixteen = [25, 23, 31, 15, 12, 28, 9, 36, 5, 17, 27, 16, 39, 33, 22, 21];
        assert_eq!(first(16, 100), sixteen);
        let all = [
            33, 22, 15, 23, 12, 17, 9, 25, 5, 36, 16, 28, 21, 31, 27, 39, 19, 14, 32, 7, 34, 35, 8,
            18, 1, 10, 24, 26, 3, 37, 0, 38, 4, 20, 11, 13, 2, 6, 29, 30,
        ];
        assert_eq!(first(40, 40), all);
        let parts: Vec<usize> = candidates(&logits, None, 1.0, 1.0)
            .iter()
            .map(|candidate| candidate.token)
            .collect();
        let then = [
            57, 95, 49, 79, 42, 68, 66, 53, 63, 71, 78, 44, 74, 83, 82, 46, 99, 77, 54, 55, 75, 14,
            92, 98, 90, 61, 19, 86, 84, 40, 88, 65, 43, 3, 48, 18, 32, 51, 80, 24, 7, 34, 10, 35,
            58, 37, 73, 60,
        ];
        assert_eq!(parts[..16], sixteen);
        assert_eq!(parts[16..64], then);
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
            let sum: f32 = kept.iter().map(|candidate| candidate.weight).sum();
            prop_assert!((sum - 1.0).abs() < 1e-4);
            let token = draw(&kept, &mut Mt19937::new(7));
            prop_assert!(token < logits.len());
        }
    }
}
