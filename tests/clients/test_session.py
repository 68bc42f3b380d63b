"""A session with the server through pytest-lsp, in both encodings: its model of a client checks every message."""

import asyncio
import os
import pathlib
import shutil

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

HERE = pathlib.Path(os.environ["TTHC_CLIENTS"])
FILE = "cấp_phép.tthc"


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[os.environ["TTHC"], "lsp"]),
    params=["utf-16", "utf-8"],
)
async def client(request, lsp_client: LanguageClient, tmp_path: pathlib.Path):
    encoding = request.param

    # The model of Visual Studio Code can do this; its server of answers cannot.
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(_: types.RegistrationParams):
        return None

    shutil.copytree(HERE / "project", tmp_path / "p")
    capabilities = client_capabilities("visual-studio-code")
    capabilities.general.position_encodings = [types.PositionEncodingKind(encoding)]
    folder = (tmp_path / "p").as_uri()
    result = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            workspace_folders=[types.WorkspaceFolder(uri=folder, name="p")],
        )
    )
    assert result.capabilities.position_encoding == encoding
    lsp_client.root = tmp_path / "p"
    lsp_client.columns = encoding
    yield
    await lsp_client.shutdown_session()


class Document:
    """An open file and its text."""

    def __init__(self, client, text=None):
        self.client, self.version = client, 1
        path = client.root / FILE
        self.uri = path.as_uri()
        self.text = text or path.read_text()
        item = types.TextDocumentItem(uri=self.uri, language_id="tthc", version=1, text=self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    @property
    def identifier(self):
        return types.TextDocumentIdentifier(uri=self.uri)

    def position(self, words, behind=False):
        at = self.text.index(words) + (len(words) if behind else 0)
        line = self.text[:at].rsplit("\n", 1)[-1]
        size = len(line.encode()) if self.client.columns == "utf-8" else len(line.encode("utf-16-le")) // 2
        return types.Position(line=self.text.count("\n", 0, at), character=size)

    def replace(self, old, new):
        """Types over words that are there once."""
        assert self.text.count(old) == 1, old
        span = types.Range(start=self.position(old), end=self.position(old, behind=True))
        self.text = self.text.replace(old, new)
        self.version += 1
        change = types.TextDocumentContentChangePartial(range=span, text=new)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version),
                content_changes=[change],
            )
        )


async def settled(document, wanted):
    """Waits until just these codes are found."""
    found = None
    for _ in range(200):
        known = document.client.diagnostics.get(document.uri)
        found = known if known is None else sorted(one.code for one in known)
        if found == wanted:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{wanted} was never found, but {found}")


@pytest.mark.asyncio
async def test_open_type_mend(client):
    document = Document(client)
    await settled(document, [])
    document.replace("do giám_đốc trong", "do giám_đôc trong")
    await settled(document, ["T101"])
    found = client.diagnostics[document.uri][0]
    assert found.range.start == document.position("giám_đôc")
    params = types.CodeActionParams(
        text_document=document.identifier,
        range=found.range,
        context=types.CodeActionContext(diagnostics=[found]),
    )
    actions = await client.text_document_code_action_async(params)
    edits = [change for action in actions if action.edit for change in action.edit.changes[document.uri]]
    assert "giám_đốc" in [edit.new_text for edit in edits]
    document.replace("do giám_đôc trong", "do giám_đốc trong")
    await settled(document, [])


@pytest.mark.asyncio
async def test_completion_hover_rename(client):
    document = Document(client)
    await settled(document, [])
    where = {"text_document": document.identifier, "position": document.position("chuyên_viên trong")}
    hover = await client.text_document_hover_async(types.HoverParams(**where))
    assert "Chuyên viên 🧑" in hover.contents.value
    links = await client.text_document_definition_async(types.DefinitionParams(**where))
    assert links[0].target_uri.endswith("c%C6%A1_quan.tthc")
    edit = await client.text_document_rename_async(types.RenameParams(new_name="cán_bộ", **where))
    assert len(edit.changes) == 2
    document.replace("do chuyên_viên trong", "do  trong")
    where["position"] = document.position("do  trong")
    where["position"].character += 3
    offered = await client.text_document_completion_async(types.CompletionParams(**where))
    items = offered if isinstance(offered, list) else offered.items
    assert {"chuyên_viên", "giám_đốc", "TTHCC.một_cửa"} <= {item.label for item in items}


@pytest.mark.asyncio
async def test_format_hints_symbols(client):
    tidy = (HERE / "project" / FILE).read_text()
    document = Document(client, tidy.replace("    bước xét", "  buoc xét"))
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    params = types.DocumentFormattingParams(text_document=document.identifier, options=options)
    edits = await client.text_document_formatting_async(params)
    assert len(edits) == 1
    lines = document.text.split("\n")
    edit = edits[0]
    lines[edit.range.start.line : edit.range.end.line] = edit.new_text.rstrip("\n").split("\n")
    assert "\n".join(lines) == tidy
    everything = types.Range(start=types.Position(0, 0), end=types.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(
        types.InlayHintParams(text_document=document.identifier, range=everything)
    )
    assert [hint.label for hint in hints][1].startswith("Σ 2,5 ngày làm việc")
    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(text_document=document.identifier)
    )
    assert [child.name for child in symbols[0].children] == ["nhận", "xét", "ký", "trả"]
    tokens = await client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(text_document=document.identifier)
    )
    assert len(tokens.data) % 5 == 0 and len(tokens.data) > 100
