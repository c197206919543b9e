"""Sending the digest, to real servers on this machine that do what a test tells them to."""

import asyncio
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cli_helpers import Run
from conftest import OpenLibrary, paper
from patience import DEADLINE

from store.digest.mail import MailError, MailServer, Security, parse_addresses, send
from store.digest.message import digest_message
from store.digest.papers import make_digest
from store.digest.settings import DigestSettings, DigestSettingsError, find_password, read_settings
from store.errors import PapersError
from store.model import NO_MARKS

pytestmark = pytest.mark.slow

HOST = "127.0.0.1"
OK = "250 OK"


@dataclass
class Post:
    """What a server got, and what it says to it."""

    got: list[Envelope] = field(default_factory=list)
    logins: list[LoginPassword] = field(default_factory=list)
    to_sender: str = OK
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_data: str = OK
    to_quit: str = "221 Bye"

    async def handle_MAIL(  # noqa: N802 (the names are the server's)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to who it is from."""
        envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to one of those it is for."""
        answer = self.to_recipient.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the message."""
        if self.to_data == OK:
            self.got.append(envelope)
        return self.to_data

    async def handle_QUIT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Answer to the good-bye."""
        return self.to_quit

    def let_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Let in who says "sesame"."""
        assert isinstance(data, LoginPassword)
        self.logins.append(data)
        return AuthResult(success=data.password == b"sesame", handled=False)


@dataclass(frozen=True)
class Certificates:
    """What a server shows, and what a client trusts."""

    server: ssl.SSLContext
    file: Path
    """The authority's certificate."""


def certificates(folder: Path, name: str) -> Certificates:
    """Return a certificate for a server of this name, and its authority."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    file = folder / f"{name}.pem"
    authority.cert_pem.write_to_path(str(file))
    return Certificates(context, file)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A certificate for this machine."""
    return certificates(tmp_path_factory.mktemp("own"), HOST)


@pytest.fixture
def trusted(own: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """The same, and the program trusts its authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(own.file))
    return own


@contextmanager
def listening(post: Post, tls: ssl.SSLContext | None = None, **options: Any) -> Iterator[int]:
    """Run a server; yield its port."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def protocol() -> SMTP:
        return SMTP(post, loop=loop, hostname="mail.example.org", **options)

    def run(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(DEADLINE)

    server = run(loop.create_server(protocol, HOST, 0, ssl=tls))
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        run(_ended(server))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(DEADLINE)
        loop.close()


async def _ended(server: asyncio.Server) -> None:
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


Serving: TypeAlias = AbstractContextManager[int]


def serving(security: Security, post: Post, own: Certificates) -> Serving:
    """Return a server whose connections are safe in this way."""
    return {
        Security.STARTTLS: lambda: listening(post, tls_context=own.server, require_starttls=True),
        Security.TLS: lambda: listening(post, tls=own.server),
        Security.NONE: lambda: listening(post),
    }[security]()


def asking(post: Post, own: Certificates) -> Serving:
    """Return a server that wants a password, over STARTTLS."""
    return listening(
        post,
        tls_context=own.server,
        require_starttls=True,
        authenticator=post.let_in,
        auth_required=True,
    )


def message(to: str = "me@example.org") -> EmailMessage:
    """Return a digest of one paper, whose abstract has what the protocol must not take as its."""
    made = make_digest([(paper(abstract=f"QUIT — “lamps” {'.' * 300}"), NO_MARKS)], 10, "")
    me = parse_addresses("papers-tui <me@example.org>")[0]
    moment = datetime(2025, 8, 1, tzinfo=UTC)
    return digest_message(made, me, parse_addresses(to), moment, "<1@example.org>")


def plain(port: int) -> MailServer:
    """Return a server on this machine that is spoken to in the clear."""
    return MailServer(HOST, port, Security.NONE)


# What arrives


@pytest.mark.parametrize("security", Security)
def test_message_arrives_as_it_is(trusted: Certificates, security: Security) -> None:
    post = Post()
    sent = message()
    sent.set_boundary("pebbles")
    with serving(security, post, trusted) as port:
        send(sent, MailServer(HOST, port, security))
    lines = (post.got[0].original_content or b"").splitlines()
    assert lines == sent.as_bytes().splitlines()
    assert any(line.startswith(b".") for line in lines)


def test_envelope_has_the_bare_addresses() -> None:
    post = Post()
    with listening(post) as port:
        send(message("Ada <ada@example.org>, ben@example.org"), plain(port))
    assert post.got[0].mail_from == "me@example.org"
    assert post.got[0].rcpt_tos == ["ada@example.org", "ben@example.org"]


def test_password_lets_in(trusted: Certificates) -> None:
    post = Post()
    with asking(post, trusted) as port:
        send(message(), MailServer(HOST, port, user="me"), "sesame")
    assert (len(post.got), post.logins) == (1, [LoginPassword(b"me", b"sesame")])


def test_some_recipients_refused(own: Certificates) -> None:
    post = Post(to_recipient={"ben@example.org": "550 no such Ben"})
    with listening(post) as port:
        refused = send(message("ada@example.org, ben@example.org"), plain(port))
    assert refused == {"ben@example.org": "550 no such Ben"}
    assert post.got[0].rcpt_tos == ["ada@example.org"]


@pytest.mark.parametrize("answer", ["500 what?", "421 going down"])
def test_message_is_sent_though_the_good_bye_fails(answer: str) -> None:
    post = Post(to_quit=answer)
    with listening(post) as port:
        assert send(message(), plain(port)) == {}
    assert len(post.got) == 1


# What is refused


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (Post(to_sender="550 not you"), "refuses mail from me@example.org: 550 not you"),
        (
            Post(to_recipient={"me@example.org": "550 nobody \x1b[2J"}),
            "refuses to send to me@example.org: 550 nobody",
        ),
        (Post(to_data="554 no digests here"), "refuses: 554 no digests here"),
        (Post(to_data="421 going down"), "refuses: 421 going down"),
    ],
)
def test_refusal_is_reported(post: Post, said: str) -> None:
    with listening(post) as port, pytest.raises(MailError) as raised:
        send(message(), plain(port))
    assert str(raised.value).startswith(f"{HOST}:{port} {said}")
    assert "\x1b" not in str(raised.value)


def test_wrong_password_is_reported(trusted: Certificates) -> None:
    post = Post()
    with asking(post, trusted) as port, pytest.raises(MailError, match="does not let me in: 535"):
        send(message(), MailServer(HOST, port, user="me"), "open")
    assert post.got == []


def test_password_that_can_not_be_sent_is_reported() -> None:
    with pytest.raises(MailError, match="outside ASCII"):
        send(message(), MailServer(HOST, 1, user="me"), "sésame")


def test_server_without_passwords_is_reported() -> None:
    post = Post()
    with (
        listening(post) as port,
        pytest.raises(
            MailError, match="does not support the settings: SMTP AUTH extension not supported"
        ),
    ):
        send(message(), MailServer(HOST, port, Security.NONE, "me"), "sesame")


def test_server_without_starttls_gets_no_password() -> None:
    post = Post()
    with (
        listening(post, authenticator=post.let_in, auth_require_tls=False) as port,
        pytest.raises(MailError, match="does not support the settings: STARTTLS"),
    ):
        send(message(), MailServer(HOST, port, user="me"), "sesame")
    assert (post.logins, post.got) == ([], [])


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_certificate_of_an_unknown_authority_is_not_trusted(
    own: Certificates, security: Security
) -> None:
    post = Post()
    with (
        serving(security, post, own) as port,
        pytest.raises(MailError, match="can't be trusted: unable to get local issuer"),
    ):
        send(message(), MailServer(HOST, port, security))
    assert post.got == []


def test_certificate_of_another_machine_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = certificates(tmp_path, "other.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.file))
    with (
        serving(Security.TLS, Post(), other) as port,
        pytest.raises(MailError, match="can't be trusted: IP address mismatch"),
    ):
        send(message(), MailServer(HOST, port, Security.TLS))


def test_tls_with_a_server_that_has_none_is_reported() -> None:
    with listening(Post()) as port, pytest.raises(MailError, match="no secure connection"):
        send(message(), MailServer(HOST, port, Security.TLS))


# Where no server is


@contextmanager
def saying(*answers: bytes) -> Iterator[int]:
    """Run something that says this to whoever comes and listens to nothing; yield its port."""
    with socket.create_server((HOST, 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):  # who heard enough may be gone
                for each in answers:
                    connection.sendall(each)

        thread = Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join(DEADLINE)


def test_nobody_there_is_reported() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(MailError, match=f"no connection to {HOST}:{port}: Connection refused"):
        send(message(), plain(port))


def test_unknown_host_is_reported() -> None:
    with pytest.raises(MailError, match=r"no connection to nowhere\.invalid:25: "):
        send(message(), MailServer("nowhere.invalid", 25, Security.NONE))


def test_silence_is_reported() -> None:
    with socket.create_server((HOST, 0)) as server, pytest.raises(MailError, match="not answer"):
        send(message(), plain(server.getsockname()[1]), timeout=0.05)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((), "closed the connection"),
        ((b"220 hello\r\n",), "closed the connection|Connection reset"),
        ((b"554 go away\r\n",), "refuses: 554 go away"),
        ((b"HTTP/1.1 400 Bad Request\r\n\r\n",), "refuses: -1"),
        ((b"220 " + b"x" * 100_000 + b"\r\n",), "refuses: 500 Line too long"),
        ((b"\xff\xfe\x00",), "closed the connection|refuses"),
    ],
)
def test_what_is_no_mail_server_is_reported(answers: tuple[bytes, ...], said: str) -> None:
    with saying(*answers) as port, pytest.raises(MailError, match=said):
        send(message(), plain(port), timeout=DEADLINE)


# The password


def settings(**options: str) -> DigestSettings:
    """Return settings with a user."""
    return read_settings({"user": "me", **options})


def test_password_of_the_environment() -> None:
    assert find_password(settings(password_env="WORD"), {"WORD": "sesame"}) == "sesame"


@pytest.mark.parametrize("environment", [{}, {"WORD": ""}])
def test_variable_that_is_missing_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(DigestSettingsError, match="password_env: the environment has no WORD"):
        find_password(settings(password_env="WORD"), environment)


def test_password_of_a_command_is_its_first_line() -> None:
    command = f"""{sys.executable} -c 'print("open sesame \\nuser: me")'"""
    assert find_password(settings(password_command=command), {}) == "open sesame "


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-program-here", "no-such-program-here: No such file"),
        ("false", "false: it exits with status 1"),
        ("true", "true: it prints no password"),
        ("sh -c 'echo locked >&2; exit 3'", "sh: locked"),
    ],
)
def test_command_that_fails_is_reported(command: str, said: str) -> None:
    with pytest.raises(PapersError, match=said):
        find_password(settings(password_command=command), {})


# The command


Configured: TypeAlias = Callable[..., Path]


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    """Write settings for a server, with other options as given; return the file."""

    def write(port: int, **options: str) -> Path:
        texts = {"to": "me@example.org", "host": HOST, "security": "none"} | options
        lines = [f'{name} = "{text}"' for name, text in texts.items()]
        file = tmp_path / "papers.toml"
        file.write_text("\n".join(["[digest]", f"port = {port}", *lines]))
        return file

    return write


@pytest.fixture
def today(open_library: OpenLibrary) -> OpenLibrary:
    """A library with a paper of today, to be opened."""
    open_library().add([paper(date=date.today().isoformat())], "hf")
    return open_library


def test_digest_is_sent_once(run: Run, today: OpenLibrary, configured: Configured) -> None:
    post = Post()
    with listening(post) as port:
        first = run("digest", "--mark", "--send", "--config", configured(port))
        second = run("digest", "--mark", "--send", "--config", configured(port))
    assert (first.status, first.out) == (0, "1 new paper, 1 day: sent to me@example.org\n")
    assert (second.status, second.out) == (0, "")
    assert second.err == "papers-tui: nothing new, no digest\n"
    assert len(post.got) == 1


def test_digest_is_sent_over_starttls_with_a_password(
    run: Run,
    today: OpenLibrary,
    configured: Configured,
    trusted: Certificates,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAPERS_TUI_SMTP_PASSWORD", "sesame")
    post = Post()
    with asking(post, trusted) as port:
        file = configured(
            port, security="starttls", user="me", password_env="PAPERS_TUI_SMTP_PASSWORD"
        )
        ended = run("digest", "--mark", "--send", "--config", file)
    assert (ended.status, len(post.got)) == (0, 1)


def test_digest_that_was_refused_is_sent_the_next_time(
    run: Run, today: OpenLibrary, configured: Configured
) -> None:
    post = Post(to_data="451 later")
    with listening(post) as port:
        first = run("digest", "--mark", "--send", "--config", configured(port))
        post.to_data = OK
        second = run("digest", "--mark", "--send", "--config", configured(port))
    assert (first.status, first.out, first.err.count("\n")) == (1, "", 1)
    assert (second.status, len(post.got)) == (0, 1)


def test_recipient_that_is_refused_is_named_and_the_others_get_it(
    run: Run, today: OpenLibrary, configured: Configured
) -> None:
    post = Post(to_recipient={"ben@example.org": "550 no such Ben"})
    with listening(post) as port:
        file = configured(port, to="ada@example.org, ben@example.org")
        ended = run("digest", "--mark", "--send", "--config", file)
    assert (ended.status, ended.out) == (1, "1 new paper, 1 day: sent to ada@example.org\n")
    assert ended.err == "papers-tui: not sent to ben@example.org: 550 no such Ben\n"
    assert run("digest", "--mark").out == ""


def test_recipient_said_stands_in(run: Run, today: OpenLibrary, configured: Configured) -> None:
    post = Post()
    with listening(post) as port:
        run("digest", "--mark", "--send", "--to", "ada@example.org", "--config", configured(port))
    assert (post.got[0].mail_from, post.got[0].rcpt_tos) == ("me@example.org", ["ada@example.org"])


def test_server_that_is_away_is_one_line(
    run: Run, today: OpenLibrary, configured: Configured
) -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    ended = run("digest", "--mark", "--send", "--config", configured(port))
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == f"papers-tui: no connection to {HOST}:{port}: Connection refused\n"


@pytest.mark.parametrize(
    ("table", "arguments", "said"),
    [
        (f'host = "{HOST}"', [], "[digest] to: missing"),
        (f'host = "{HOST}"', ["--to", "me@example.org"], "[digest] from: missing"),
        ('to = "me@example.org"', [], "[digest] host: missing"),
    ],
)
def test_missing_settings_are_named(
    run: Run, today: OpenLibrary, tmp_path: Path, table: str, arguments: list[str], said: str
) -> None:
    (tmp_path / "papers.toml").write_text(f"[digest]\n{table}\n")
    ended = run("digest", "--mark", "--send", *arguments, "--config", tmp_path / "papers.toml")
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert said in ended.err
