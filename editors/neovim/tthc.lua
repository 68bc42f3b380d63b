-- The language server of tthc for Neovim 0.11 and later.
vim.filetype.add({ extension = { tthc = "tthc" } })
vim.lsp.config("tthc", {
  cmd = { "tthc", "lsp" },
  filetypes = { "tthc" },
  root_markers = { "tthc.toml", ".git" },
})
vim.lsp.enable("tthc")

vim.api.nvim_create_autocmd("LspAttach", {
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= "tthc" then
      return
    end
    vim.bo[event.buf].commentstring = "// %s"
    vim.bo[event.buf].shiftwidth = 2
    vim.bo[event.buf].expandtab = true
    vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    vim.lsp.completion.enable(true, client.id, event.buf, { autotrigger = true })
  end,
})
