-- A session in Neovim without a screen, with the settings that the project ships.
local root = vim.env.TTHC_PROJECT
local file = root .. "/cấp_phép.tthc"

local function check(holds, what)
  if not holds then
    io.stderr:write("FAIL " .. what .. "\n")
    vim.cmd.cquit(1)
  end
  print("pass " .. what .. "\n")
end

local function wait(what, condition)
  check(vim.wait(10000, condition, 50), what)
end

package.path = vim.env.TTHC_CLIENTS .. "/../../editors/neovim/?.lua;" .. package.path
vim.cmd("filetype on")
require("tthc")
vim.cmd.cd(root)
vim.cmd.edit(file)
local buffer = vim.api.nvim_get_current_buf()
check(vim.bo[buffer].filetype == "tthc", "the file is known by its ending")
wait("the server attaches", function()
  return #vim.lsp.get_clients({ bufnr = buffer, name = "tthc" }) == 1
end)
local client = vim.lsp.get_clients({ bufnr = buffer, name = "tthc" })[1]
check(client.config.root_dir == vim.uv.fs_realpath(root) or client.config.root_dir == root, "the project is found")

local function codes()
  return table.concat(vim.tbl_map(function(found) return found.code end, vim.diagnostic.get(buffer)), " ")
end

-- Where words stand: row from 0, byte.
local function find(words)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local at = line:find(words, 1, true)
    if at then
      return row - 1, at - 1
    end
  end
  check(false, "there is " .. words)
end

local function type_over(old, new)
  local row, at = find(old)
  vim.api.nvim_buf_set_text(buffer, row, at, row, at + #old, { new })
end

local function ask(method, words, more)
  local row, at = find(words)
  vim.api.nvim_win_set_cursor(0, { row + 1, at })
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = client:request_sync(method, vim.tbl_extend("force", params, more or {}), 10000, buffer)
  check(answer and not answer.err, method .. " is answered")
  return answer.result
end

-- Type, see what is found, mend it.
vim.wait(1000, function() return codes() ~= "" end)
check(codes() == "", "nothing is found in a good file")
type_over("do giám_đốc trong", "do giám_đôc trong")
wait("a wrong name is found behind emoji", function() return codes() == "T101" end)
local found = vim.diagnostic.get(buffer)[1]
local row, at = find("giám_đôc")
check(found.lnum == row and found.col == at, "it is found at its place")
local range = { start = { line = row, character = 0 }, ["end"] = { line = row + 1, character = 0 } }
local actions = ask("textDocument/codeAction", "giám_đôc", { range = range, context = { diagnostics = {} } })
check(#actions > 0, "a fix is offered")
vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
wait("the fix mends it", function() return codes() == "" and find("do giám_đốc trong") end)

-- Complete and hover.
type_over("do chuyên_viên trong", "do chuyên trong")
local offered = ask("textDocument/completion", "ên trong")
local items = offered.items or offered
local item = vim.iter(items):find(function(one) return one.label == "chuyên_viên" end)
check(item, "the role is offered")
vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, client.offset_encoding)
check(find("do chuyên_viên trong"), "what is chosen takes the place of what was typed")
local hover = ask("textDocument/hover", "chuyên_viên trong")
check(hover.contents.value:find("Chuyên viên 🧑", 1, true), "hover tells who it is")

-- Rename in both files.
local edit = ask("textDocument/rename", "chuyên_viên trong", { newName = "cán_bộ" })
vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
check(find("do cán_bộ trong"), "the use is renamed")
vim.cmd("silent wall")
local other = table.concat(vim.fn.readfile(root .. "/chung/cơ_quan.tthc"), "\n")
check(other:find("vai trò cán_bộ", 1, true), "the declaration in the other file is renamed")
wait("nothing is found after the renaming", function() return codes() == "" end)

-- Format.
type_over("    bước ký", "  buoc   ký")
local tidy = ask("textDocument/formatting", "ký", { options = { tabSize = 2, insertSpaces = true } })
vim.lsp.util.apply_text_edits(tidy, buffer, client.offset_encoding)
check(find("    bước ký"), "the file is laid out")
check(vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }), "hints are shown")
client:stop()
wait("the server goes when it is told", function() return client:is_stopped() end)
vim.cmd("qall!")
