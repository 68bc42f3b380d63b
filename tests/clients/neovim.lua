-- A session in Neovim without a screen, from 0.7 on, with the settings that the project ships: what is done, is done
-- by the commands of a user, and what is looked at, is what she sees.
local root = vim.env.TTHC_PROJECT
local file = root .. "/cấp_phép.tthc"

local function check(holds, what)
  if not holds then
    io.stderr:write("FAIL " .. what .. "\n")
    vim.cmd("cquit 1")
  end
  print("pass " .. what .. "\n")
end

local function wait(what, condition)
  check(vim.wait(10000, condition, 50), what)
end

package.path = vim.env.TTHC_CLIENTS .. "/../../editors/neovim/?.lua;" .. package.path
vim.cmd("filetype on")
require("tthc")
vim.cmd("cd " .. root)
vim.cmd("edit " .. file)
local buffer = vim.api.nvim_get_current_buf()
local running = vim.lsp.get_clients or vim.lsp.get_active_clients
check(vim.bo[buffer].filetype == "tthc", "the file is known by its ending")
wait("the server attaches", function()
  return #running() == 1 and vim.lsp.buf_is_attached(buffer, running()[1].id)
end)
local client = running()[1]
local real = (vim.uv or vim.loop).fs_realpath
check(real(client.config.root_dir) == real(root), "the project is found")
check(vim.lsp.inlay_hint == nil or vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }), "hints are shown where there are any")

local function codes()
  return table.concat(vim.tbl_map(function(found)
    return found.code or found.user_data.lsp.code
  end, vim.diagnostic.get(buffer)), " ")
end

-- Where words stand: row from 0, byte.
local function find(words)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local at = line:find(words, 1, true)
    if at then
      return row - 1, at - 1
    end
  end
end

local function go(words)
  local row, at = find(words)
  check(row, "there is “" .. words .. "”")
  vim.api.nvim_win_set_cursor(0, { row + 1, at })
  return row, at
end

local function type_over(old, new)
  local row, at = go(old)
  vim.api.nvim_buf_set_text(buffer, row, at, row, at + #old, { new })
end

-- What a floating window says; it is closed.
local function shown(open)
  local said
  open()
  wait("a window opens", function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        said = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
        vim.api.nvim_win_close(window, true)
        return true
      end
    end
  end)
  return said
end

-- Type, see what is found, mend it.
vim.wait(1000, function() return codes() ~= "" end)
check(codes() == "", "nothing is found in a good file")
type_over("do giám_đốc trong", "do giám_đôc trong")
wait("a wrong name is found behind emoji", function() return codes() == "T101" end)
local found = vim.diagnostic.get(buffer)[1]
local row, at = go("giám_đôc")
check(found.lnum == row and found.col == at, "it is found at its place")
check(shown(function() vim.diagnostic.open_float() end):find("“giám_đôc”", 1, true), "it is told")
vim.ui.select = function(items, _, choose) choose(items[1], 1) end
vim.lsp.buf.code_action()
wait("the fix that is chosen mends it", function() return codes() == "" and find("do giám_đốc trong") end)

-- Complete and hover.
type_over("do chuyên_viên trong", "do chuyên trong")
go("ên trong")
local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
local answers = vim.lsp.buf_request_sync(buffer, "textDocument/completion", params, 10000)
local offered = answers and answers[client.id] and answers[client.id].result
check(offered, "completion is answered")
local item
for _, one in ipairs(offered.items or offered) do
  item = one.label == "chuyên_viên" and one or item
end
check(item, "the role is offered")
vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, client.offset_encoding)
check(find("do chuyên_viên trong"), "what is chosen takes the place of what was typed")
go("chuyên_viên trong")
check(shown(vim.lsp.buf.hover):find("Chuyên viên 🧑", 1, true), "hover tells who it is")

-- Rename in both files.
vim.lsp.buf.rename("cán_bộ")
wait("the use is renamed", function() return find("do cán_bộ trong") end)
vim.cmd("silent wall")
local other = table.concat(vim.fn.readfile(root .. "/chung/cơ_quan.tthc"), "\n")
check(other:find("vai trò cán_bộ", 1, true), "the declaration in the other file is renamed")
wait("nothing is found after the renaming", function() return codes() == "" end)

-- Format.
type_over("    bước ký", "  buoc   ký")
if vim.lsp.buf.format then
  vim.lsp.buf.format({ timeout_ms = 10000 })
else
  vim.lsp.buf.formatting_sync(nil, 10000)
end
check(find("    bước ký"), "the file is laid out")
client.stop()
wait("the server goes when it is told", function() return client.is_stopped() end)
vim.cmd("qall!")
