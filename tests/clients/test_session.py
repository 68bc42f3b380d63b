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
# What these say that they can.
PROFILES = ["visual-studio-code", "neovim", "emacs"]


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[os.environ["TTHC"], "lsp"]),
    params=[(profile, encoding) for profile in PROFILES for encoding in ["utf-16", "utf-8"]],
)
async def client(request, lsp_client: LanguageClient, tmp_path: pathlib.Path):
    profile, encoding = request.param

    # The model of Visual Studio Code can do this; its server of answers cannot.
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(_: types.RegistrationParams):
        return None

    shutil.copytree(HERE / "project", tmp_path / "p")
    capabilities = client_capabilities(profile)
    capabilities.general = capabilities.general or types.GeneralClientCapabilities()
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


@pytest.mark.asyncio
async def test_names_and_places(client):
    document = Document(client)
    await settled(document, [])
    this = {"text_document": document.identifier}
    where = this | {"position": document.position("chuyên_viên trong")}
    used = await client.text_document_references_async(
        types.ReferenceParams(context=types.ReferenceContext(include_declaration=True), **where)
    )
    assert len(used) == 2
    assert len(await client.text_document_document_highlight_async(types.DocumentHighlightParams(**where))) == 1
    renamed = await client.text_document_prepare_rename_async(types.PrepareRenameParams(**where))
    assert renamed.placeholder == "chuyên_viên"
    found = await client.workspace_symbol_async(types.WorkspaceSymbolParams(query="tham dinh"))
    assert [(one.name, one.container_name) for one in found] == [("xét", "cấp_phép")]
    links = await client.text_document_document_link_async(types.DocumentLinkParams(**this))
    assert links[0].target.endswith("c%C6%A1_quan.tthc")
    key = types.HoverParams(text_document=document.identifier, position=document.position("thời hạn: 3"))
    hover = await client.text_document_hover_async(key)
    assert hover.contents.value.replace("*", "").startswith("thời hạn\n\nThời hạn tỉnh cam kết.")


@pytest.mark.asyncio
async def test_shapes_of_the_text(client):
    document = Document(client)
    await settled(document, [])
    this = {"text_document": document.identifier}
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(**this))
    assert [(fold.start_line, fold.end_line) for fold in folds] == [(2, 15), (10, 14)]
    at = document.position("chuyên_viên trong")
    grown = await client.text_document_selection_range_async(types.SelectionRangeParams(positions=[at], **this))
    assert grown[0].range.start == at and grown[0].parent
    line = types.Range(start=types.Position(11, 0), end=types.Position(12, 0))
    tokens = await client.text_document_semantic_tokens_range_async(types.SemanticTokensRangeParams(range=line, **this))
    assert 0 < len(tokens.data) < 100
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    tidy = await client.text_document_range_formatting_async(
        types.DocumentRangeFormattingParams(range=line, options=options, **this)
    )
    assert not tidy
    document.replace("    bước xét", "  bước xét")
    typed = types.DocumentOnTypeFormattingParams(position=types.Position(13, 0), ch="\n", options=options, **this)
    assert len(await client.text_document_on_type_formatting_async(typed)) == 1


@pytest.mark.asyncio
async def test_what_is_known_of_the_process(client):
    document = Document(client)
    await settled(document, [])
    this = {"text_document": document.identifier}
    at = document.position("xét \"Thẩm")
    items = await client.text_document_prepare_call_hierarchy_async(types.CallHierarchyPrepareParams(position=at, **this))
    before = await client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(item=items[0]))
    after = await client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(item=items[0]))
    assert [call.from_.name for call in before] == ["nhận"] and [call.to.name for call in after] == ["ký"]
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(**this))
    command = lenses[0].command
    assert command.title == "Lâu nhất 3 ngày làm việc / thời hạn 3 ngày làm việc"
    await client.workspace_execute_command_async(
        types.ExecuteCommandParams(command=command.command, arguments=command.arguments)
    )
    # What is shown may come after the answer.
    for _ in range(100):
        if client.messages:
            break
        await asyncio.sleep(0.05)
    assert "nhận → xét → ký → trả" in client.messages[-1].message
    drawn = await client.protocol.send_request_async(
        "tthc/diagram", {"textDocument": {"uri": document.uri}, "position": {"line": at.line, "character": at.character}}
    )
    assert drawn.svg.count("data-step") == len(drawn.steps) == 4
