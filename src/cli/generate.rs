//! What is made from the definition of the command line: completions, the manual page, the reference.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::Cli;

/// Writes the completions of a shell.
pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "phi3ml", &mut buffer);
    out.write_all(&buffer)
}

/// Writes the manual page: the program and each command, one after the other.
pub(super) fn manual(out: &mut dyn Write) -> io::Result<()> {
    let program = program();
    let mut pages = Vec::new();
    each_command(&program, &mut |command| pages.push(command.clone()));
    for command in pages {
        let title = command.get_bin_name().unwrap_or("phi3ml").replace(' ', "-");
        clap_mangen::Man::new(command.name(title)).render(out)?;
    }
    Ok(())
}

/// The reference in Markdown: the help of the program and of each command.
pub(super) fn reference(out: &mut dyn Write) -> io::Result<()> {
    let program = program().term_width(100);
    let mut sections = Vec::new();
    each_command(&program, &mut |command| {
        sections.push(own_flags_only(command));
    });
    for mut command in sections {
        let name = command.get_bin_name().unwrap_or("phi3ml").to_owned();
        let help = command.render_help().to_string();
        writeln!(out, "### `{name}`\n\n```text")?;
        for line in help.trim_end().lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out, "```\n")?;
    }
    Ok(())
}

fn program() -> clap::Command {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    program
}

/// Visits a command and all below it, in the order of `--help`.
fn each_command(command: &clap::Command, visit: &mut dyn FnMut(&clap::Command)) {
    visit(command);
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        each_command(below, visit);
    }
}

/// The flags of every command stand once, under the program itself.
fn own_flags_only(command: &clap::Command) -> clap::Command {
    let is_program = command.get_name() == "phi3ml";
    command.clone().term_width(100).mut_args(|arg| {
        let everywhere = arg.is_global_set() && !is_program;
        arg.hide(everywhere)
    })
}
