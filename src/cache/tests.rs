//! The cellar on its own: what is put in is found, shared, noticed when damaged, and removed in order.

use super::*;

fn cellar(limit: u64) -> (tempfile::TempDir, Cache) {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(folder.path().join("cache"), limit);
    (folder, cache)
}

/// Puts a model in; what the cellar has already is taken from there. Says what had to be "fetched".
fn put(cache: &Cache, name: &str, files: &[(&str, &str)]) -> (Digest, Vec<String>, Held) {
    let key = Digest::of(name.as_bytes());
    let filling = cache.fill(key).unwrap().unwrap();
    let mut fetched = Vec::new();
    let mut contents = Contents {
        uri: format!("models:/{name}/1"),
        sha256: key,
        files: std::collections::BTreeMap::new(),
    };
    for (path, text) in files {
        let path: RelativePath = path.parse().unwrap();
        let part = Part {
            sha256: Digest::of(text.as_bytes()),
            size: text.len() as u64,
        };
        if !filling.reuse(&path, part, &filling.folder()).unwrap() {
            let place = path.under(&filling.folder());
            fs_err::create_dir_all(place.parent().unwrap()).unwrap();
            fs_err::write(&place, text).unwrap();
            fetched.push(path.to_string());
        }
        contents.files.insert(path, part);
    }
    let folder = filling.folder();
    let held = filling.finish(contents, &folder).unwrap();
    (key, fetched, held)
}

fn whole(cache: &Cache, key: Digest) -> Held {
    match cache.find(key).unwrap() {
        Found::Whole(held) => held,
        other => panic!("{other:?}"),
    }
}

fn uris(kept: &[Kept]) -> Vec<String> {
    kept.iter().filter_map(|kept| kept.uri.clone()).collect()
}

#[test]
fn what_is_put_in_is_found_and_shared() {
    let (folder, cache) = cellar(1000);
    assert!(matches!(
        cache.find(Digest::of(b"a")).unwrap(),
        Found::Nothing
    ));
    let (key, fetched, _held) = put(&cache, "a", &[("x/weights", "1234"), ("config", "a")]);
    assert_eq!(fetched, ["x/weights", "config"]);
    let held = whole(&cache, key);
    let weights = held.folder.join("x/weights");
    assert_eq!(fs_err::read(&weights).unwrap(), b"1234");

    let (_, fetched, _other) = put(&cache, "b", &[("weights", "1234"), ("config", "b")]);
    assert_eq!(fetched, ["config"], "the weights are here already");
    assert_eq!(cache.prune(1000, true).unwrap().left, 6, "and count once");

    let part = Part {
        sha256: Digest::of(b"1234"),
        size: 4,
    };
    let copy = folder.path().join("copy");
    assert!(cache.copy(part, &copy).unwrap());
    fs_err::write(&copy, "mine").unwrap();
    assert_eq!(fs_err::read(&weights).unwrap(), b"1234", "a copy is a copy");
}

#[test]
fn damage_is_noticed_and_only_the_damaged_file_is_fetched_again() {
    let (_folder, cache) = cellar(1000);
    let files = [("weights", "1234"), ("config", "a")];
    let (key, _, held) = put(&cache, "a", &files);
    let weights = held.folder.join("weights");
    drop(held);
    make_writable(&weights).unwrap();
    fs_err::write(&weights, "12x4").unwrap();
    touch_to(&weights, 5);
    match cache.find(key).unwrap() {
        Found::Damaged(path) => assert_eq!(path.as_str(), "weights"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(cache.find(key).unwrap(), Found::Nothing));
    let (_, fetched, held) = put(&cache, "a", &files);
    assert_eq!(fetched, ["weights"]);
    // A file that was only touched is the same.
    let weights = held.folder.join("weights");
    make_writable(&weights).unwrap();
    touch_to(&weights, 7);
    whole(&cache, key);
    // One that is gone is damage, too.
    fs_err::remove_file(&weights).unwrap();
    assert!(matches!(cache.find(key).unwrap(), Found::Damaged(_)));
}

#[test]
fn a_damaged_file_is_neither_copied_nor_reused() {
    let (folder, cache) = cellar(1000);
    let (_, _, _held) = put(&cache, "a", &[("weights", "1234")]);
    let part = Part {
        sha256: Digest::of(b"1234"),
        size: 4,
    };
    let kept = cache.file_path(part.sha256);
    let damage = || {
        make_writable(&kept).unwrap();
        fs_err::write(&kept, "12x4").unwrap();
    };
    damage();
    let copy = folder.path().join("copy");
    assert!(!cache.copy(part, &copy).unwrap());
    assert!(!copy.exists() && !kept.exists());
    let (_, fetched, _held) = put(&cache, "b", &[("weights", "1234")]);
    assert_eq!(fetched, ["weights"]);
    damage();
    let (_, fetched, _held) = put(&cache, "c", &[("weights", "1234")]);
    assert_eq!(fetched, ["weights"]);
}

#[test]
fn the_longest_unused_goes_first_and_what_is_used_stays() {
    let (_folder, cache) = cellar(1000);
    let keys = ["a", "b", "c"].map(|name| {
        let (key, _, held) = put(&cache, name, &[("shared", "1234"), ("own", name)]);
        drop(held);
        key
    });
    for (key, seconds) in keys.iter().zip([30, 10, 20]) {
        touch_to(&cache.index_path(*key), seconds);
    }
    assert_eq!(
        uris(&cache.list().unwrap()),
        ["models:/b/1", "models:/c/1", "models:/a/1"]
    );
    let told = cache.prune(6, true).unwrap();
    assert_eq!(uris(&told.removed), ["models:/b/1"]);
    assert_eq!(cache.list().unwrap().len(), 3, "it was only told");

    let held = whole(&cache, keys[1]);
    touch_to(&cache.index_path(keys[1]), 10);
    assert!(cache.list().unwrap()[0].is_in_use);
    let pruned = cache.prune(5, false).unwrap();
    assert_eq!(uris(&pruned.removed), ["models:/c/1", "models:/a/1"]);
    assert_eq!((pruned.freed, pruned.left), (2, 5));
    assert_eq!(cache.prune(0, false).unwrap().removed.len(), 0, "in use");
    assert_eq!(fs_err::read(held.folder.join("shared")).unwrap(), b"1234");
    drop(held);
    let pruned = cache.prune(0, false).unwrap();
    assert_eq!((pruned.freed, pruned.left), (5, 0));
    let mut files = Vec::new();
    for group in fs_err::read_dir(cache.root.join("files")).unwrap() {
        files.extend(fs_err::read_dir(group.unwrap().path()).unwrap());
    }
    assert!(files.is_empty(), "{files:?}");
}

#[test]
fn one_fills_at_a_time_and_the_next_goes_on_there() {
    let (_folder, cache) = cellar(1000);
    let key = Digest::of(b"a");
    let filling = cache.fill(key).unwrap().unwrap();
    assert!(cache.fill(key).unwrap().is_none());
    fs_err::write(filling.folder().join("half"), "12").unwrap();
    let [kept] = &cache.list().unwrap()[..] else {
        panic!("one")
    };
    assert!(!kept.is_complete && kept.is_in_use && kept.bytes == 2);
    assert!(cache.prune(0, false).unwrap().removed.is_empty());
    drop(filling);
    let filling = cache.fill(key).unwrap().unwrap();
    assert_eq!(fs_err::read(filling.folder().join("half")).unwrap(), b"12");
    drop(filling);
    assert_eq!(cache.prune(0, false).unwrap().removed.len(), 1);
}

fn touch_to(path: &Path, seconds: u64) {
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let file = fs_err::OpenOptions::new().append(true).open(path).unwrap();
    file.file().set_modified(time).unwrap();
}
