;;; tthc.el --- Administrative procedures in .tthc  -*- lexical-binding: t; coding: utf-8 -*-

;; The language server of tthc for Eglot: Emacs 29 and later, or Emacs 26 to 28 with the package eglot.

;;; Code:

(require 'eglot)

(defvar tthc-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23n" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?_ "_" table)
    table)
  "Comments, strings and names.")

;;;###autoload
(define-derived-mode tthc-mode prog-mode "tthc"
  "Internal processes of administrative procedures."
  (setq-local comment-start "// ")
  (setq-local comment-end "")
  (setq-local tab-width 2)
  (setq-local indent-tabs-mode nil))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.tthc\\'" . tthc-mode))
(add-to-list 'eglot-server-programs '(tthc-mode . ("tthc" "lsp")))
(add-hook 'tthc-mode-hook #'eglot-ensure)

(provide 'tthc)
;;; tthc.el ends here
