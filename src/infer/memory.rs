//! How much memory a model takes at least, whether the system has it, and how weights are loaded where it is short.
//! Reserves nothing and loads nothing.
//!
//! What is free is what Linux says is available, or what the limit of a control group leaves, if that is less.
//! Where nothing of that can be read, nothing is refused.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use serde::Serialize;

use super::error::Error;
use super::graph::{Element, Graph};

/// Memory that is free, in bytes, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Free {
    pub(super) bytes: u64,
    limit: Limit,
}

/// What keeps a program from having more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The machine has no more.
    Machine,
    /// The control group that the program runs in may not have more.
    ControlGroup,
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Machine => "on this machine",
            Self::ControlGroup => "under the limit of its control group",
        })
    }
}

/// A number of bytes as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KILO: u64 = 1000;
        let Self(bytes) = *self;
        let (unit, name) = [(KILO.pow(3), "GB"), (KILO.pow(2), "MB"), (KILO, "kB")]
            .into_iter()
            .find(|(unit, _)| bytes >= *unit)
            .unwrap_or((1, "bytes"));
        match unit {
            1 => write!(formatter, "{bytes} bytes"),
            _ => write!(
                formatter,
                "{}.{} {name}",
                bytes / unit,
                bytes % unit * 10 / unit
            ),
        }
    }
}

/// How ONNX Runtime rearranges weights while it loads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prepacking {
    /// Which way.
    pub mode: PrepackingMode,
    /// Why that one, in a few words.
    pub reason: String,
}

/// The two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PrepackingMode {
    /// All threads at once: quicker, but the weights are in memory twice for a moment.
    Parallel,
    /// One tensor after the other, each of which is given back at once.
    Plain,
}

impl fmt::Display for PrepackingMode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Parallel => "parallel",
            Self::Plain => "plain",
        })
    }
}

/// What a model takes.
#[derive(Debug, Clone)]
pub(super) struct Need {
    path: PathBuf,
    /// All weights, as far as they are copied.
    weights: u64,
    /// What the other engine takes, which maps them.
    mapped: Option<Box<Self>>,
    /// Keys and values of one token.
    per_token: u64,
}

impl Need {
    /// What `graph` takes in ONNX Runtime, which rearranges all weights in memory of its own.
    pub(super) fn copied(graph: &Graph) -> Self {
        let element = match graph.cache_element {
            Element::F32 => 4,
            Element::F16 => 2,
        };
        let mapped = Some(Box::new(Self::mapped(graph)));
        Self {
            mapped,
            ..Self::new(graph, graph.weights, element)
        }
    }

    /// What it takes in rten, which maps the weights, but those of 16 bits: it computes in 32.
    pub(super) fn mapped(graph: &Graph) -> Self {
        Self::new(graph, graph.half_weights.saturating_mul(2), 4)
    }

    fn new(graph: &Graph, weights: u64, element: u64) -> Self {
        let numbers = [graph.cache.len(), graph.heads, graph.head_size]
            .into_iter()
            .map(|size| u64::try_from(size).unwrap_or(u64::MAX))
            .fold(1, u64::saturating_mul);
        Self {
            path: graph.path.clone(),
            weights,
            mapped: None,
            per_token: numbers.saturating_mul(element),
        }
    }

    /// Refuses what cannot work: too little memory for the weights and for `length` tokens.
    pub(super) fn check(&self, length: usize, free: Option<Free>) -> Result<(), Error> {
        let tokens = u64::try_from(length).unwrap_or(u64::MAX);
        let cache = self.per_token.saturating_mul(tokens);
        match free {
            Some(free) if self.weights.saturating_add(cache) > free.bytes => Err(Error::NoRoom {
                path: self.path.clone(),
                weights: Bytes(self.weights),
                suffices_for_rten: self
                    .mapped
                    .as_ref()
                    .is_some_and(|mapped| mapped.check(length, Some(free)).is_ok()),
                length,
                cache: Bytes(cache),
                free: Bytes(free.bytes),
                limit: free.limit,
            }),
            _ => Ok(()),
        }
    }

    /// How to load the weights where there has to be memory for `length` tokens, too. With ONNX Runtime 1.31 and
    /// 2.7 GB of them, a process was seen to grow to 3.2 GB when they were rearranged one by one, and to 4.9 GB
    /// when that was done in parallel: less than twice the weights.
    pub(super) fn prepacking(&self, length: usize, free: Option<Free>) -> Prepacking {
        let tokens = u64::try_from(length).unwrap_or(u64::MAX);
        let twice = self.weights.saturating_mul(2);
        let peak = twice.saturating_add(self.per_token.saturating_mul(tokens));
        let Some(free) = free else {
            return Prepacking {
                mode: PrepackingMode::Parallel,
                reason: "the system does not say how much memory is free".to_owned(),
            };
        };
        let are_free = format!("{} are free {}", Bytes(free.bytes), free.limit);
        if peak > free.bytes {
            return Prepacking {
                mode: PrepackingMode::Plain,
                reason: format!("twice the weights are {}, but {are_free}", Bytes(twice)),
            };
        }
        Prepacking {
            mode: PrepackingMode::Parallel,
            reason: are_free,
        }
    }

    /// The same once the weights are in memory.
    pub(super) fn loaded(mut self) -> Self {
        self.weights = 0;
        self
    }
}

/// What is free now.
pub(super) fn free() -> Option<Free> {
    free_under(Path::new("/"))
}

/// What is free, as the files under `root` say.
fn free_under(root: &Path) -> Option<Free> {
    let machine = available(&root.join("proc/meminfo")).map(|bytes| Free {
        bytes,
        limit: Limit::Machine,
    });
    let group = left_to_group(root).map(|bytes| Free {
        bytes,
        limit: Limit::ControlGroup,
    });
    machine
        .into_iter()
        .chain(group)
        .min_by_key(|free| free.bytes)
}

/// `MemAvailable` of `proc_meminfo(5)`.
fn available(path: &Path) -> Option<u64> {
    let text = fs_err::read_to_string(path).ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// The names that one version of control groups gives its files (`cgroups(7)`).
struct Names {
    mount: &'static str,
    limit: &'static str,
    usage: &'static str,
    /// Memory that only caches files, in `memory.stat`: it is given back when it is needed.
    cached: [&'static str; 2],
}

const SECOND: Names = Names {
    mount: "sys/fs/cgroup",
    limit: "memory.max",
    usage: "memory.current",
    cached: ["inactive_file", "active_file"],
};

const FIRST: Names = Names {
    mount: "sys/fs/cgroup/memory",
    limit: "memory.limit_in_bytes",
    usage: "memory.usage_in_bytes",
    cached: ["total_inactive_file", "total_active_file"],
};

/// The least that this process's control group and those around it leave.
fn left_to_group(root: &Path) -> Option<u64> {
    let text = fs_err::read_to_string(root.join("proc/self/cgroup")).ok()?;
    text.lines()
        .filter_map(|line| {
            let mut parts = line.splitn(3, ':').skip(1);
            let names = match parts.next()? {
                "" => SECOND,
                controllers if controllers.split(',').any(|it| it == "memory") => FIRST,
                _ => return None,
            };
            names.least_left(root, parts.next()?)
        })
        .min()
}

impl Names {
    fn least_left(&self, root: &Path, group: &str) -> Option<u64> {
        let mount = root.join(self.mount);
        // Inside a container the path may be the host's, which is not there: the mount is the group then.
        let inside: PathBuf = Path::new(group)
            .components()
            .filter(|part| matches!(part, Component::Normal(_)))
            .collect();
        inside
            .ancestors()
            .filter_map(|group| self.left(&mount.join(group)))
            .min()
    }

    fn left(&self, folder: &Path) -> Option<u64> {
        let read = |name: &str| fs_err::read_to_string(folder.join(name)).ok();
        // `max` where there is no limit.
        let limit: u64 = read(self.limit)?.trim().parse().ok()?;
        let usage: u64 = read(self.usage)?.trim().parse().ok()?;
        let stat = read("memory.stat").unwrap_or_default();
        let cached = stat
            .lines()
            .filter_map(|line| line.split_once(' '))
            .filter(|(name, _)| self.cached.contains(name))
            .filter_map(|(_, bytes)| bytes.trim().parse::<u64>().ok())
            .fold(0, u64::saturating_add);
        Some(limit.saturating_sub(usage.saturating_sub(cached)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMINFO: &str = "MemTotal:       24684084 kB\nMemAvailable:       1000 kB\n";

    fn system(files: &[(&str, &str)]) -> Option<Free> {
        let root = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = root.path().join(name);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, content).unwrap();
        }
        free_under(root.path())
    }

    fn group(bytes: u64) -> Free {
        Free {
            bytes,
            limit: Limit::ControlGroup,
        }
    }

    #[test]
    fn the_machine_says_what_is_available() {
        let machine = Some(Free {
            bytes: 1_024_000,
            limit: Limit::Machine,
        });
        assert_eq!(system(&[]), None);
        assert_eq!(system(&[("proc/meminfo", "MemTotal: 1 kB\n")]), None);
        assert_eq!(system(&[("proc/meminfo", MEMINFO)]), machine);
        let unlimited = [
            ("proc/meminfo", MEMINFO),
            ("proc/self/cgroup", "0::/a\n"),
            ("sys/fs/cgroup/a/memory.max", "max\n"),
            ("sys/fs/cgroup/a/memory.current", "5\n"),
        ];
        assert_eq!(system(&unlimited), machine);
    }

    #[test]
    fn the_tightest_group_around_the_process_counts() {
        let files = [
            ("proc/meminfo", MEMINFO),
            ("proc/self/cgroup", "1:cpu:/x\n0::/a/b\n"),
            ("sys/fs/cgroup/a/b/memory.max", "900\n"),
            ("sys/fs/cgroup/a/b/memory.current", "100\n"),
            ("sys/fs/cgroup/a/memory.max", "1000\n"),
            ("sys/fs/cgroup/a/memory.current", "700\n"),
            (
                "sys/fs/cgroup/a/memory.stat",
                "anon 600\ninactive_file 60\nactive_file 40\n",
            ),
        ];
        assert_eq!(system(&files), Some(group(400)));
    }

    #[test]
    fn groups_of_the_first_version_are_read_too_and_where_the_path_is_the_host_s() {
        let files = [
            ("proc/self/cgroup", "4:pids,memory:/docker/0123\n"),
            ("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n"),
            ("sys/fs/cgroup/memory/memory.usage_in_bytes", "400\n"),
            (
                "sys/fs/cgroup/memory/memory.stat",
                "total_inactive_file 100\ntotal_active_file 1\n",
            ),
        ];
        assert_eq!(system(&files), Some(group(701)));
    }

    #[test]
    fn what_does_not_fit_is_told_with_all_numbers() {
        let need = Need {
            path: "m/model.onnx".into(),
            weights: 2_722_947_072,
            mapped: None,
            per_token: 786_432,
        };
        let free = Some(Free {
            bytes: 4_000_000_000,
            limit: Limit::Machine,
        });
        need.check(1000, free).unwrap();
        need.check(4096, None).unwrap();
        let error = need.check(4096, free).unwrap_err().to_string();
        assert_eq!(
            error,
            "`m/model.onnx` does not fit into memory: its weights take 2.7 GB and the keys and values of \
             4096 tokens 3.2 GB, but 4.0 GB are free on this machine"
        );
        need.loaded().check(4096, free).unwrap();
    }

    #[test]
    fn weights_are_in_memory_twice_only_where_there_is_room_for_that() {
        let need = Need {
            path: "m/model.onnx".into(),
            weights: 2_722_947_072,
            mapped: None,
            per_token: 786_432,
        };
        let told = |length, bytes| {
            let free = Free {
                bytes,
                limit: Limit::ControlGroup,
            };
            let Prepacking { mode, reason } = need.prepacking(length, Some(free));
            format!("{mode}: {reason}")
        };
        let group = "under the limit of its control group";
        assert_eq!(
            told(1, 5_446_680_576),
            format!("parallel: 5.4 GB are free {group}")
        );
        assert_eq!(
            told(1, 5_446_680_575),
            format!("plain: twice the weights are 5.4 GB, but 5.4 GB are free {group}")
        );
        assert!(told(4096, 8_000_000_000).starts_with("plain: "));
        assert!(told(4096, 9_000_000_000).starts_with("parallel: "));
        assert_eq!(need.prepacking(4096, None).mode, PrepackingMode::Parallel);
    }

    #[test]
    fn sizes_are_rounded_down() {
        let shown = |bytes| Bytes(bytes).to_string();
        assert_eq!(shown(999), "999 bytes");
        assert_eq!(shown(1999), "1.9 kB");
        assert_eq!(shown(12_345_678), "12.3 MB");
        assert_eq!(shown(u64::MAX), "18446744073.7 GB");
    }
}
