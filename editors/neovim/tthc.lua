-- The language server of tthc for Neovim: from 0.11 as its settings are made there, from 0.7 by hand.
local command = { "tthc", "lsp" }
local markers = { "tthc.toml", ".git" }

local function settle(client, buffer)
  vim.bo[buffer].commentstring = "// %s"
  vim.bo[buffer].shiftwidth = 2
  vim.bo[buffer].expandtab = true
  if vim.lsp.inlay_hint then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if vim.lsp.completion then
    vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
  else
    vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
  end
end

if vim.lsp.config then
  vim.filetype.add({ extension = { tthc = "tthc" } })
  vim.lsp.config("tthc", { cmd = command, filetypes = { "tthc" }, root_markers = markers, on_attach = settle })
  vim.lsp.enable("tthc")
  return
end

-- The nearest folder upwards that has one of the markers, else that of the file.
local function root(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  for _, marker in ipairs(markers) do
    local found = vim.fn.findfile(marker, folder .. ";")
    found = found ~= "" and found or vim.fn.finddir(marker, folder .. ";")
    if found ~= "" then
      return vim.fn.fnamemodify(found, ":p:h" .. (vim.fn.isdirectory(found) == 1 and ":h" or ""))
    end
  end
  return folder
end

-- Before 0.8 endings that are added by themselves are not asked.
vim.cmd("autocmd BufRead,BufNewFile *.tthc setfiletype tthc")
local clients = {}
vim.api.nvim_create_autocmd("FileType", {
  pattern = "tthc",
  callback = function(event)
    local folder = root(event.file)
    clients[folder] = clients[folder]
      or vim.lsp.start_client({ name = "tthc", cmd = command, root_dir = folder, on_attach = settle })
    vim.lsp.buf_attach_client(event.buf, clients[folder])
  end,
})
