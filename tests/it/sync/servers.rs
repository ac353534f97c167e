//! `sync` from one server to another: each sees its own credentials and its own workspace, and its own artifacts.

use std::time::Duration;

use serde_json::Value;

use super::{assert_idle, assert_same, database, done, filled, filled_as, look, sync};
use crate::support::fake::{Fake, Fault, Generation};
use crate::support::mlflow::{self, OTHER, PASSWORD, USER, WORKSPACE};
use crate::support::python::Python;
use crate::support::{Context, full_ring};

/// What a server was told of who asks, in all requests since the last time.
fn shown(server: &Fake) -> Vec<String> {
    let requests = server.requests();
    let header = |seen: &crate::support::fake::Seen| {
        let value = seen.headers.get("authorization");
        value.map_or("nobody".to_owned(), |it| it.to_str().unwrap().to_owned())
    };
    let mut all: Vec<String> = requests.iter().map(header).collect();
    all.sort();
    all.dedup();
    server.forget();
    all
}

#[test]
fn what_is_shown_to_one_server_the_other_never_sees() {
    let mut context = Context::new();
    let (one, two) = (
        Fake::start(Generation::Three),
        Fake::start(Generation::Three),
    );
    context.set("MLFLOW_TRACKING_URI", &one.api.url);
    context.set("MLFLOW_TRACKING_TOKEN", "first");
    fs_err::write(context.path("work/a.txt"), "a").unwrap();
    let run = context.phi3ml(["runs", "create", "-o", "json"]).run();
    let run = run.expect_success().json();
    let run = run["run_id"].as_str().unwrap();
    for command in [
        ["log-artifacts", "--run-id", run, "a.txt"],
        ["log-metrics", "--run-id", run, "loss=1"],
    ] {
        context.phi3ml(command).run().expect_success();
    }
    one.forget();

    let to = || context.phi3ml(["sync", "--to", &two.api.url, "-o", "json"]);
    let with_own = || {
        to().env("PHI3ML_SYNC_TO_USERNAME", "ann")
            .env("PHI3ML_SYNC_TO_PASSWORD", "second")
    };
    let told = done(with_own());
    assert_eq!(told["runs"]["created"], 1, "{told}");
    assert_eq!(
        (&told["metric_points"], &told["files"]),
        (&1.into(), &1.into())
    );
    assert_eq!(shown(&one), ["Bearer first"]);
    assert_eq!(shown(&two), ["Basic YW5uOnNlY29uZA=="]);
    assert_idle(&done(to()));
    assert_eq!(
        (shown(&one), shown(&two)),
        (vec!["Bearer first".to_owned()], vec!["nobody".to_owned()])
    );

    // Where nobody says whose they are, they are nobody's; what an address holds is its server's.
    let address = two.api.url.replace("//", "//eve:third@");
    let named = || sync(&context, &one.api.url, &address).env("MLFLOW_TRACKING_URI", "");
    done(named());
    assert_eq!(
        (shown(&one), shown(&two)),
        (
            vec!["nobody".to_owned()],
            vec!["Basic ZXZlOnRoaXJk".to_owned()]
        )
    );
    done(named().env("PHI3ML_SYNC_FROM_TOKEN", "fourth"));
    assert_eq!(
        (shown(&one), shown(&two)),
        (
            vec!["Bearer fourth".to_owned()],
            vec!["Basic ZXZlOnRoaXJk".to_owned()]
        )
    );
    // The only server of the two is the one that is meant.
    done(
        sync(&context, &database(&context, "none.db"), &two.api.url).env("MLFLOW_TRACKING_URI", ""),
    );
    assert_eq!(shown(&two), ["Bearer first"]);

    // Who is nobody is told where to be somebody.
    let refusal = Fault::page(401, "You are not authenticated");
    two.fail(usize::MAX, "GET", "/", refusal);
    to().run()
        .expect_code(1)
        .expect_stderr("set `PHI3ML_SYNC_TO_USERNAME` and `PHI3ML_SYNC_TO_PASSWORD`");
}

/// Copies twice, and compares what MLflow's clients say of both ends.
fn copied(
    context: &Context,
    [from, to]: [&str; 2],
    variables: &[(&str, &str)],
    ledgers: impl Fn() -> [Value; 2],
) {
    let run = || {
        // A server with accounts takes its time for every password.
        let run = sync(context, from, to).patience(Duration::from_mins(10));
        let all = variables.iter();
        all.fold(run, |run, (name, value)| run.env(name, value))
    };
    let told = done(run());
    assert_eq!(told["runs"]["created"], 5, "{told}");
    let [source, target] = ledgers();
    assert_same(&target, &source);
    assert_idle(&done(run()));
}

#[test]
fn a_real_server_ends_as_another() {
    if !full_ring(
        "sync: from MLflow 3.17.2 and 2.22.5 to MLflow 3.17.2, each with its own artifacts",
    ) {
        return;
    }
    for (generation, python) in [
        (Generation::Three, Python::mlflow3()),
        (Generation::Two, Python::mlflow2()),
    ] {
        let context = Context::new();
        let (from, to) = (mlflow::empty(generation), mlflow::empty(Generation::Three));
        let (from, to) = (&from.api.url, &to.api.url);
        filled(python, from, &context.path("work/lies"));
        copied(&context, [from, to], &[], || {
            [
                look(python, from, "source", &[]),
                look(Python::mlflow3(), to, "copy", &[]),
            ]
        });
    }
}

#[test]
fn somebody_at_one_server_is_somebody_else_at_another() {
    if !full_ring("sync: from one server with accounts to another") {
        return;
    }
    let context = Context::new();
    let python = Python::mlflow3();
    let (from, to) = (mlflow::empty_guarded(), mlflow::empty_guarded());
    let (from, to) = (&from.api.url, &to.api.url);
    let ann = [
        ("MLFLOW_TRACKING_USERNAME", USER),
        ("MLFLOW_TRACKING_PASSWORD", PASSWORD),
    ];
    let bob = [
        ("MLFLOW_TRACKING_USERNAME", OTHER),
        ("MLFLOW_TRACKING_PASSWORD", PASSWORD),
    ];
    filled_as(python, from, &context.path("work/lies"), &ann);
    let variables = [
        ("PHI3ML_SYNC_FROM_USERNAME", USER),
        ("PHI3ML_SYNC_FROM_PASSWORD", PASSWORD),
        ("PHI3ML_SYNC_TO_USERNAME", OTHER),
        ("PHI3ML_SYNC_TO_PASSWORD", PASSWORD),
    ];
    copied(&context, [from, to], &variables, || {
        [
            look(python, from, "source", &ann),
            look(python, to, "copy", &bob),
        ]
    });
}

#[test]
fn each_end_has_its_workspace() {
    if !full_ring("sync: to a workspace, to another one of the same server, and out of it") {
        return;
    }
    let context = Context::new();
    let python = Python::mlflow3();
    let server = mlflow::empty_with_workspaces();
    let (from, to) = (database(&context, "from.db"), &server.api.url);
    filled(python, &from, &context.path("work/lies"));
    let source = look(python, &from, "source", &[]);
    let within = [("MLFLOW_WORKSPACE", WORKSPACE)];
    let into = || sync(&context, &from, to).args(["--to-workspace", WORKSPACE]);
    done(into());
    assert_same(&look(python, to, "copy", &within), &source);
    assert_idle(&done(into()));

    let across =
        || sync(&context, to, to).args(["--workspace", WORKSPACE, "--to-workspace", "default"]);
    done(across());
    let second = look(python, to, "source", &within);
    let default = [("MLFLOW_WORKSPACE", "default")];
    assert_same(&look(python, to, "copy", &default), &second);
    assert_idle(&done(across()));

    let out = database(&context, "out.db");
    let back = || sync(&context, to, &out).args(["--workspace", WORKSPACE]);
    done(back());
    assert_same(&look(python, &out, "copy", &[]), &second);
    assert_idle(&done(back()));
}
