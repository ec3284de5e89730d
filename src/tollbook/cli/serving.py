"""``tollbook serve``: the ledger in a browser."""

from __future__ import annotations

import gc
import getpass
import socket
from pathlib import Path
from typing import Any

import click

from tollbook.cli.help import ExamplesFirst, ExamplesFirstGroup
from tollbook.cli.ledger import ledger_option
from tollbook.cli.output import complain, print_text
from tollbook.errors import MissingExtra, UsageError


@click.command(
    cls=ExamplesFirst,
    short_help="Open a ledger in the browser.",
    examples=(
        "tollbook serve --ledger ledger.db",
        "tollbook serve --ledger ledger.db --read-only --host 0.0.0.0 --name tolls.example.org",
        "tollbook accounts add ines --role owner --accounts team.db",
        "tollbook serve --ledger postgresql://team@db/tolls --host 0.0.0.0 --name tolls.example.org --accounts team.db",
    ),
)
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--read-only", is_flag=True, help="For publishing: nobody can change anything, nobody signs in.")
@click.option(
    "--by", metavar="NAME", envvar="TOLLBOOK_REVIEWER", help="Whose judgements these are where nobody signs in."
)
@click.option(
    "--accounts",
    type=click.Path(path_type=Path),
    help="File of accounts; needed for other addresses than this machine.",
)
@click.option("--name", "names", multiple=True, help="Host name that the server is called by; may be given again.")
@click.option("--https", is_flag=True, help="It is reached over HTTPS (a proxy does that): cookies say so.")
@click.option("--allow-fetch", is_flag=True, help="Editors may have this server fetch public web pages.")
def serve(place: str, host: str, port: int, names: tuple[str, ...], **options: Any) -> int:
    """Open a ledger in the browser.

    On this machine's own address there is one owner and no sign-in. Any other address needs accounts, unless the
    ledger is served --read-only.
    """
    try:
        import uvicorn

        from tollbook.web.app import create_app
        from tollbook.web.config import LOOPBACK, Config
        from tollbook.web.render import prepare
    except ImportError as error:
        raise MissingExtra("the web application", "web") from error
    elsewhere = host not in LOOPBACK
    read_only, accounts = bool(options["read_only"]), options["accounts"]
    if elsewhere and not read_only and accounts is None:
        raise UsageError(
            f"at {host} others could reach it: name a file of accounts (--accounts), or serve it --read-only"
        )
    if elsewhere and not names:
        raise UsageError(
            "say by which host name it is called, for example --name tolls.example.org (or the address itself)"
        )
    config = Config(
        ledger=place, read_only=read_only, by=options["by"] or _user(), accounts=accounts,
        allow_fetch=bool(options["allow_fetch"]), hosts=names, secure=bool(options["https"]),
    )  # fmt: skip
    listening = _bound(host, port)
    complain(f"{place}: preparing its lists")
    app = create_app(config)
    prepare()
    gc.collect()
    gc.freeze()  # what stays for good need not be looked through by every full collection: a tenth of a second each
    shown = f"[{host}]" if ":" in host else host
    complain(f"{place} at http://{names[0] if names else shown}:{port}/ (stop with Ctrl+C)")
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, date_header=True, proxy_headers=False)
    )
    server.run(sockets=[listening])
    return 0


def _bound(host: str, port: int) -> socket.socket:
    """The address, taken before anything is made ready or announced; who calls meanwhile is refused.

    Raises ``UsageError`` where it cannot be had.
    """
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise UsageError(
            f"cannot listen at {host}, port {port} ({error.strerror}): name another with --port"
        ) from error
    return bound


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "owner"


@click.group(
    cls=ExamplesFirstGroup,
    short_help="Who may sign in.",
    examples=(
        "tollbook accounts add ines --role owner --accounts team.db",
        "tollbook accounts list --accounts team.db",
    ),
)
def accounts() -> None:
    """Who may sign in to the web application."""


_FILE = click.option("--accounts", "file", required=True, type=click.Path(path_type=Path), help="The file of accounts.")
_ROLES = ("data", "viewer", "editor", "manager", "owner")


def _open(file: Path) -> Any:
    try:
        from tollbook.web.accounts import Accounts
    except ImportError as error:
        raise MissingExtra("accounts", "web") from error
    return Accounts(file)


@accounts.command(cls=ExamplesFirst, examples=("tollbook accounts add ines --role owner --accounts team.db",))
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True, help="What they may do.")
@click.option("--password", help="Asked for where it is not given, which is better: others can see a command line.")
@_FILE
def add(name: str, role: str, password: str | None, file: Path) -> int:
    """Make an account, or change its role and password."""
    opened = _open(file)
    given = password or str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    opened.put(name, role, given)
    opened.close()
    complain(f"{name} is {role}")
    return 0


@accounts.command("list", cls=ExamplesFirst, examples=("tollbook accounts list --accounts team.db",))
@_FILE
def list_(file: Path) -> int:
    """Print who may sign in."""
    opened = _open(file)
    for one in opened.all():
        print_text(f"{one.role}\t{one.shown}")
    opened.close()
    return 0


@accounts.command(cls=ExamplesFirst, examples=("tollbook accounts remove ines --accounts team.db",))
@click.argument("name")
@_FILE
def remove(name: str, file: Path) -> int:
    """Take an account away."""
    opened = _open(file)
    opened.remove(name)
    opened.close()
    complain(f"{name} may not sign in any more")
    return 0
