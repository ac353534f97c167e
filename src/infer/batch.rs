//! Many prompts through one engine: rows side by side, and what prompts begin with in common computed once.
//!
//! Which prompts go together is decided here, and when each row begins and ends; what a row says is `row`'s.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::time::Duration;

use super::answer::{Answer, Progress};
use super::config::GenaiConfig;
use super::engine::Engine;
use super::error::Error;
use super::feed::{LEAST, feed};
use super::memory;
use super::row::{Clock, Row};
use super::search::Settings;
use super::tokenizer::Tokenizer;

/// More rows make a step longer than they save: from some thirty on, the processor and no longer the memory
/// is what limits it.
const MAX_ROWS: usize = 32;

/// Memory for keys and values where the system does not say how much is free.
const UNKNOWN_MEMORY: usize = 1 << 30;

/// How many tokens in common are worth a group, and how many less are no reason for another one.
const MUCH: usize = 64;

/// Fewer that begin alike gain more by being run beside others that do not.
const FEW: usize = 4;

/// One prompt, ready to be answered.
#[derive(Debug)]
pub(super) struct Job {
    /// The number of its request.
    pub(super) index: usize,
    pub(super) prompt: Vec<u32>,
    pub(super) settings: Settings,
    /// Whether it needs the engine for itself.
    pub(super) is_alone: bool,
}

/// Prompts that go together.
#[derive(Debug)]
pub(super) struct Group {
    jobs: Vec<Job>,
    /// How many tokens they begin with in common; each has more.
    common: usize,
    rows: usize,
}

/// Puts prompts together that begin alike, as many side by side as `engine` has room for.
pub(super) fn groups(jobs: Vec<Job>, engine: &dyn Engine) -> Vec<Group> {
    let spare = spare_memory();
    let mut groups = group(jobs);
    for group in &mut groups {
        group.rows = rows(group, engine, spare);
        // A part as short as that would be rounded otherwise than the whole prompt.
        if group.common < LEAST {
            group.common = 0;
        }
    }
    groups
}

/// Puts prompts together that begin alike, and all others, in the order of each group's first.
fn group(jobs: Vec<Job>) -> Vec<Group> {
    let (alone, mut others): (Vec<_>, Vec<_>) = jobs.into_iter().partition(|job| job.is_alone);
    others.sort_by(|one, other| one.prompt.cmp(&other.prompt));
    let mut alike: Vec<Group> = Vec::new();
    for job in others {
        match alike.last_mut() {
            Some(group) if group.suits(&job) => group.add(job),
            _ => alike.push(Group::new(job)),
        }
    }
    let (alike, few): (Vec<_>, Vec<_>) =
        alike.into_iter().partition(|group| group.jobs.len() >= FEW);
    let strangers = few.into_iter().flat_map(|group| group.jobs);
    let strangers = strangers.fold(None, |group: Option<Group>, job| match group {
        Some(mut group) => {
            group.add(job);
            Some(group)
        }
        None => Some(Group::new(job)),
    });
    let mut groups: Vec<_> = alike.into_iter().chain(strangers).collect();
    for group in &mut groups {
        group.jobs.sort_by_key(|job| job.index);
    }
    groups.extend(alone.into_iter().map(Group::new));
    groups.sort_by_key(|group| group.jobs.first().map(|job| job.index));
    groups
}

impl Group {
    fn new(job: Job) -> Self {
        Self {
            common: job.shareable(),
            jobs: vec![job],
            rows: 1,
        }
    }

    /// What the group has in common with one more.
    fn common_with(&self, job: &Job) -> usize {
        let first = self.jobs.first();
        let common = first.map_or(0, |first| alike(&first.prompt, &job.prompt));
        common.min(self.common).min(job.shareable())
    }

    /// Whether it has so much in common with one more that both gain.
    fn suits(&self, job: &Job) -> bool {
        let common = self.common_with(job);
        let lost = self.common - common;
        common > MUCH && (self.jobs.len() == 1 || lost <= MUCH || lost <= common)
    }

    fn add(&mut self, job: Job) {
        self.common = self.common_with(&job);
        self.jobs.push(job);
    }

    /// How long its longest prompt is.
    pub(super) fn longest_prompt(&self) -> usize {
        let lengths = self.jobs.iter().map(|job| job.prompt.len());
        lengths.max().unwrap_or_default()
    }

    /// The longest that one of its sequences may become.
    fn length(&self) -> usize {
        let lengths = self.jobs.iter().map(|job| job.settings.max_length);
        lengths.max().unwrap_or_default()
    }
}

impl Job {
    /// All but the last few tokens, which each row runs for itself.
    fn shareable(&self) -> usize {
        self.prompt.len().saturating_sub(LEAST)
    }
}

/// How many tokens two prompts begin with in common.
fn alike(one: &[u32], other: &[u32]) -> usize {
    one.iter()
        .zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

/// How many rows are run side by side: no more than there is memory for, should all become as long as they may.
fn rows(group: &Group, engine: &dyn Engine, spare: Option<usize>) -> usize {
    if !engine.is_faster_together() {
        return 1;
    }
    let bytes = group.length().saturating_mul(engine.token_bytes());
    let affordable = spare.unwrap_or(UNKNOWN_MEMORY).checked_div(bytes);
    let affordable = affordable.unwrap_or(MAX_ROWS).clamp(1, MAX_ROWS);
    affordable.min(group.jobs.len())
}

/// Half of the memory that is free, where the system tells.
fn spare_memory() -> Option<usize> {
    usize::try_from(memory::free()?.bytes / 2).ok()
}

/// Who reads what the engine says.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) tokenizer: &'a Tokenizer,
    pub(super) config: &'a GenaiConfig,
    /// How long the model took to open.
    pub(super) load: Duration,
}

/// Many prompts on their way; tells their answers in order.
pub(super) struct Batch<'l> {
    listener: &'l mut dyn FnMut(Progress) -> ControlFlow<()>,
    flow: ControlFlow<()>,
    /// The answer to be told next.
    next: usize,
    waiting: BTreeMap<usize, Result<Answer, Error>>,
}

impl<'l> Batch<'l> {
    pub(super) fn new(listener: &'l mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        Self {
            listener,
            flow: ControlFlow::Continue(()),
            next: 0,
            waiting: BTreeMap::new(),
        }
    }

    /// Whether nothing more is to be told.
    pub(super) fn is_over(&self) -> bool {
        self.flow.is_break()
    }

    /// Something was done.
    pub(super) fn step(&mut self) -> ControlFlow<()> {
        self.tell(Progress::Step);
        self.flow
    }

    /// Takes an answer, and tells it once those before it are told.
    pub(super) fn take(&mut self, index: usize, answer: Result<Answer, Error>) {
        self.waiting.insert(index, answer);
        while let Some(answer) = self.waiting.remove(&self.next) {
            let index = self.next;
            self.next += 1;
            let answer = Box::new(answer);
            self.tell(Progress::Answer { index, answer });
        }
    }

    fn tell(&mut self, progress: Progress) {
        if self.flow.is_continue() {
            self.flow = (self.listener)(progress);
        }
    }

    /// Answers a group; those that could not be answered together come back.
    pub(super) fn run(
        &mut self,
        engine: &mut dyn Engine,
        reader: Reader<'_>,
        group: Group,
    ) -> Vec<Job> {
        if group.jobs.len() < 2 {
            return group.jobs;
        }
        let left = self.together(engine, reader, &group);
        let jobs = group.jobs.into_iter().enumerate();
        jobs.filter(|(place, _)| left.contains(place))
            .map(|(_, job)| job)
            .collect()
    }

    /// Answers a group side by side. Gives the places of those that have no answer, because the engine failed:
    /// alone, each will get its answer or an error of its own.
    fn together(
        &mut self,
        engine: &mut dyn Engine,
        reader: Reader<'_>,
        group: &Group,
    ) -> Vec<usize> {
        let mut pending: VecDeque<_> = (0..).zip(&group.jobs).collect();
        // Row by row of the engine: the place of the job, and its answer so far.
        let mut rows: Vec<(usize, Active<'_>)> = Vec::new();
        let mut works = self.prepare(engine, group).is_ok();
        while works && !self.is_over() {
            while rows.len() < group.rows
                && let Some((place, job)) = pending.pop_front()
            {
                match self.begin(engine, reader, rows.len(), job, group.common) {
                    Ok(row) if row.end.is_none() => rows.push((place, Active { job, row })),
                    Ok(row) => self.finish(Active { job, row }),
                    // What this row or the others have in the engine is not to be trusted any more.
                    Err(_) => {
                        pending.push_front((place, job));
                        works = false;
                        break;
                    }
                }
                if self.is_over() {
                    return Vec::new();
                }
            }
            if works && rows.is_empty() {
                return Vec::new();
            }
            works = works && self.advance(engine, &mut rows, group.common).is_ok();
        }
        let begun = rows.into_iter().map(|(place, _)| place);
        begun
            .chain(pending.into_iter().map(|(place, _)| place))
            .collect()
    }

    /// Runs what all begin with, and gives it to all rows.
    fn prepare(&mut self, engine: &mut dyn Engine, group: &Group) -> Result<(), Error> {
        engine.begin(group.rows, group.length())?;
        if let Some(first) = group.jobs.first() {
            let common = first.prompt.get(..group.common).unwrap_or_default();
            let chunk_size = first.settings.chunk_size;
            _ = feed(engine, 0, common, chunk_size, &mut || self.step())?;
        }
        for row in 1..group.rows {
            engine.copy(0, row, 0);
        }
        Ok(())
    }

    /// Runs the rest of a prompt in a row that has what all begin with, and picks the first token.
    fn begin<'a>(
        &mut self,
        engine: &mut dyn Engine,
        reader: Reader<'a>,
        row: usize,
        job: &'a Job,
        common: usize,
    ) -> Result<Row<'a>, Error> {
        let Reader {
            tokenizer,
            config,
            load,
        } = reader;
        let (settings, prompt) = (&job.settings, job.prompt.clone());
        let clock = Clock::start(load);
        let mut answer = Row::new(tokenizer, config, settings, prompt, clock);
        answer.reused = common;
        if answer.end.is_none() {
            engine.truncate(row, common);
            let rest = job.prompt.get(common..).unwrap_or_default();
            let flow = feed(engine, row, rest, settings.chunk_size, &mut || self.step())?;
            if flow.is_continue() {
                answer.take(engine.logits(row))?;
            }
        }
        Ok(answer)
    }

    /// One more token in each row; rows that end make room for others.
    fn advance(
        &mut self,
        engine: &mut dyn Engine,
        rows: &mut Vec<(usize, Active<'_>)>,
        common: usize,
    ) -> Result<(), Error> {
        let last = |(_, active): &(usize, Active<'_>)| active.row.sequence.last().copied();
        let tokens: Vec<u32> = rows.iter().filter_map(last).collect();
        engine.step(&tokens)?;
        let mut ended = Vec::new();
        for (row, (_, active)) in rows.iter_mut().enumerate() {
            match active.row.take(engine.logits(row)) {
                Ok(_) if active.row.end.is_none() => {}
                outcome => ended.push((row, outcome)),
            }
        }
        // From the last on, so that a row that fills a gap has not ended itself.
        while let Some((row, outcome)) = ended.pop() {
            let moved = rows.len().saturating_sub(1);
            if row < moved {
                engine.copy(moved, row, common);
            }
            let (_, active) = rows.swap_remove(row);
            match outcome {
                Ok(_) => self.finish(active),
                Err(error) => self.take(active.job.index, Err(error)),
            }
        }
        _ = self.step();
        Ok(())
    }

    fn finish(&mut self, mut active: Active<'_>) {
        let answer = active.row.finish().map(|_| active.row.into_answer(false));
        self.take(active.job.index, answer);
    }
}

/// An answer on its way.
struct Active<'a> {
    job: &'a Job,
    row: Row<'a>,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::infer::config::tests::{example, parse};
    use crate::infer::engine::testing::Scripted;
    use crate::infer::search::{Choice, UsedOptions};
    use proptest::prelude::*;

    /// Says the token after the last one.
    fn count(token: u32) -> Vec<f32> {
        let mut logits = vec![0.0; 611];
        logits[token as usize + 1] = 1.0;
        logits
    }

    /// Runs 40 prompts; the indices and tokens that were told, and the indices that were left.
    fn run(most: usize) -> (Vec<(usize, Vec<u32>)>, Vec<usize>) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/models/phi3-tiny");
        let tokenizer = Tokenizer::read(Path::new(folder), 611).unwrap();
        let config = parse(&example()).unwrap();
        let jobs = (0..40).map(|index: usize| {
            let mut prompt = vec![5; 30];
            let own = u32::try_from(index).unwrap();
            prompt.extend([300 + own, 20, 21, 22, 23, 24, 25, 26, 300 + own]);
            let mut job = job(index, prompt);
            job.settings.max_length = job.prompt.len() + 1 + index % 7;
            job
        });
        let mut engine = Scripted::new(count).failing_after(most);
        let mut told = Vec::new();
        let mut listener = |progress| {
            if let Progress::Answer { index, answer } = progress {
                told.push((index, answer.unwrap().output_ids));
            }
            ControlFlow::Continue(())
        };
        let mut batch = Batch::new(&mut listener);
        let reader = Reader {
            tokenizer: &tokenizer,
            config: &config,
            load: Duration::ZERO,
        };
        let mut left = Vec::new();
        for group in groups(jobs.collect(), &engine) {
            let jobs = batch.run(&mut engine, reader, group);
            left.extend(jobs.iter().map(|job| job.index));
        }
        (told, left)
    }

    #[test]
    fn every_row_goes_on_with_its_own_tokens_whoever_ends_beside_it() {
        let (told, left) = run(usize::MAX);
        assert!(left.is_empty(), "{left:?}");
        let expected = (0..40_u32).map(|index| {
            let tokens = (1..=1 + index % 7).map(|token| 300 + index + token);
            (index as usize, tokens.collect())
        });
        assert_eq!(told, expected.collect::<Vec<_>>());
    }

    #[test]
    fn what_an_engine_leaves_undone_comes_back() {
        for most in 0..6 {
            let (told, left) = run(most);
            let told = told.len();
            assert!(!left.is_empty(), "{most}");
            // Answers wait for those before them, and are not lost.
            assert!(told + left.len() <= 40);
            assert!(left.iter().all(|index| *index >= told));
        }
    }

    fn job(index: usize, prompt: Vec<u32>) -> Job {
        let settings = Settings {
            max_length: prompt.len() + 10,
            is_length_asked: false,
            min_length: 0,
            choice: Choice::Greedy,
            repetition_penalty: 1.0,
            no_repeat_ngram_size: 0,
            seed: None,
            chunk_size: None,
            stop: Vec::new(),
            used: UsedOptions::default(),
        };
        Job {
            index,
            prompt,
            settings,
            is_alone: false,
        }
    }

    /// The indices of the jobs in each group, and what they have in common.
    fn grouped(prompts: &[Vec<u32>]) -> Vec<(Vec<usize>, usize)> {
        let jobs = prompts.iter().enumerate();
        let jobs = jobs.map(|(index, prompt)| job(index, prompt.clone()));
        group(jobs.collect())
            .into_iter()
            .map(|group| {
                let indices = group.jobs.iter().map(|job| job.index);
                (indices.collect(), group.common)
            })
            .collect()
    }

    fn prompt(shared: u32, length: usize, own: u32) -> Vec<u32> {
        let mut prompt = vec![shared; length];
        prompt.extend((0..20).map(|token| token + 100 * own));
        prompt
    }

    #[test]
    fn prompts_that_begin_alike_go_together_wherever_they_stand() {
        let prompts = [
            prompt(1, 500, 1),
            prompt(2, 300, 2),
            prompt(1, 500, 3),
            prompt(2, 300, 4),
            prompt(1, 500, 5),
            prompt(1, 500, 6),
            prompt(2, 300, 7),
            prompt(9, 200, 8),
            prompt(2, 300, 9),
        ];
        let expected = [
            (vec![0, 2, 4, 5], 500),
            (vec![1, 3, 6, 8], 300),
            (vec![7], 212),
        ];
        assert_eq!(grouped(&prompts), expected);
    }

    #[test]
    fn few_and_strangers_go_together_though_they_share_little() {
        for length in [3, 300] {
            let prompts = [1, 2, 3].map(|shared| prompt(shared, length, shared));
            assert_eq!(grouped(&prompts), [(vec![0, 1, 2], 0)]);
        }
        let prompts = [1, 1, 2].map(|shared| prompt(shared, 300, 7));
        assert_eq!(grouped(&prompts), [(vec![0, 1, 2], 0)]);
    }

    #[test]
    fn equal_prompts_leave_each_row_something_to_run() {
        let prompts = [prompt(1, 30, 1), prompt(1, 30, 1)];
        assert_eq!(grouped(&prompts), [(vec![0, 1], 50 - LEAST)]);
        assert_eq!(grouped(&[vec![7], vec![7, 8]]), [(vec![0, 1], 0)]);
    }

    proptest! {
        #[test]
        fn every_job_is_in_one_group_and_begins_as_it_says(
            prompts in proptest::collection::vec(proptest::collection::vec(0..3_u32, 1..90), 0..12),
        ) {
            let mut seen = Vec::new();
            for (indices, common) in grouped(&prompts) {
                let first = &prompts[indices[0]];
                for &index in &indices {
                    prop_assert!(common < prompts[index].len());
                    prop_assert_eq!(&first[..common], &prompts[index][..common]);
                }
                seen.extend(indices);
            }
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..prompts.len()).collect::<Vec<_>>());
        }
    }
}
