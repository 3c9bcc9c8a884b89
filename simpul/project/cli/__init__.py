"""The `simpul` command. Each sub-command is a module of its own, imported when it is called."""

import importlib
import sys

import click

from simpul import __version__

# name of the sub-command -> (module, what it does): `simpul --help` loads none of them.
COMMANDS = {
    "serve": "Serve simpul's pages.",
    "import": "Import a register of residents or measurements.",
    "growth": "Add WHO z-scores and Indonesian categories to a CSV.",
    "plan": "Print one person's plan from a JSON file.",
    "due": "List who is due for what, in a place.",
    "pws": "Print the indicators of a place and month.",
    "pack": "Check the rules, print their book.",
    "places": "Load codes and outlines of places.",
    "demo": "Make a demonstration Puskesmas.",
    "user": "Add and change accounts.",
    "refresh": "Bring due lists and indicators up to date.",
    "backup": "Write everything the installation keeps to one file.",
    "restore": "Put a backup back.",
    "check": "Check the installation: database, audit chain, rules.",
}
_MODULES = {"import": "imports", "restore": "backup"}


class LazyGroup(click.Group):
    """Lists the commands without importing them, so `simpul growth` never waits for Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"simpul.project.cli.{_MODULES.get(cmd_name, cmd_name)}")
        return getattr(module, "import_" if cmd_name == "import" else cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="simpul")
def main() -> None:
    """simpul: who is due for which service, why, and in whose hands."""


def fail(message: str, code: int = 2) -> None:
    """Say what is wrong and how to mend it, and stop with this exit code."""
    click.echo(message, err=True)
    sys.exit(code)
