;;; eglot.el --- A session in Emacs without a screen  -*- lexical-binding: t; coding: utf-8 -*-

;; With the settings that the project ships: what is done, is done by the commands of a user, and what is looked at, is
;; what she sees.

;;; Code:

(require 'package)
(package-initialize)
(load (expand-file-name "../../editors/emacs/tthc.el" (getenv "TTHC_CLIENTS")) nil t)
(require 'flymake)

(defun check (holds what)
  "Stop unless HOLDS; say WHAT."
  (unless holds
    (message "FAIL %s" what)
    (kill-emacs 1))
  (message "pass %s" what))

(defun wait (what condition)
  "Check CONDITION, called WHAT, again until it holds, for ten seconds at most."
  (let ((end (+ (float-time) 10)))
    (while (and (not (funcall condition)) (< (float-time) end))
      (accept-process-output nil 0.05))
    (check (funcall condition) what)))

(defun go (words)
  "Put the cursor before WORDS."
  (goto-char (point-min))
  (check (search-forward words nil t) (format "there is “%s”" words))
  (goto-char (match-beginning 0)))

(defun there (words)
  "Whether WORDS are in the buffer."
  (save-excursion (goto-char (point-min)) (search-forward words nil t)))

(defun type-over (old new)
  "Write NEW in the place of OLD."
  (go old)
  (delete-char (length old))
  (insert new)
  ;; What an idle moment does otherwise.
  (eglot--signal-textDocument/didChange))

(defun found ()
  "What is marked in the buffer."
  (flymake-start)
  (flymake-diagnostics))

(setq eglot-sync-connect t
      eglot-autoshutdown nil
      eglot-confirm-server-initiated-edits nil
      create-lockfiles nil
      make-backup-files nil)

(defvar folder (file-name-as-directory (getenv "TTHC_PROJECT")))
(defvar other (concat folder "chung/cơ_quan.tthc"))
(find-file (concat folder "cấp_phép.tthc"))
(check (eq major-mode 'tthc-mode) "the file is known by its ending")
(apply #'eglot (eglot--guess-contact))
(check (eglot-managed-p) "the server attaches")

;; Type, see what is found, mend it.
(wait "nothing is found in a good file" (lambda () (null (found))))
(type-over "do giám_đốc trong" "do giám_đôc trong")
(wait "a wrong name is found behind emoji" (lambda () (= (length (found)) 1)))
(let ((one (car (found))))
  (go "giám_đôc")
  (check (= (flymake-diagnostic-beg one) (point)) "it is found at its place")
  (check (string-match-p "“giám_đôc”" (flymake-diagnostic-text one)) "it is told")
  (let ((action (seq-find (lambda (action) (plist-get action :edit))
                          (eglot-code-actions (flymake-diagnostic-beg one) (flymake-diagnostic-end one) "quickfix"))))
    (check action "a fix is offered")
    (eglot--apply-workspace-edit (plist-get action :edit))))
(check (there "do giám_đốc trong") "the fix is applied")
(eglot--signal-textDocument/didChange)
(wait "the fix mends it" (lambda () (null (found))))

;; Complete and hover.
(type-over "do chuyên_viên trong" "do chuyên trong")
(go " trong 2 ngày")
(let* ((at-point (eglot-completion-at-point))
       (offered (all-completions (buffer-substring (nth 0 at-point) (nth 1 at-point)) (nth 2 at-point)))
       (role (seq-find (lambda (one) (string-prefix-p "chuyên_viên" one)) offered)))
  (check role "the role is offered")
  (delete-region (nth 0 at-point) (nth 1 at-point))
  (insert role)
  (funcall (plist-get (nthcdr 3 at-point) :exit-function) role 'finished))
(check (there "do chuyên_viên trong") "what is chosen takes the place of what was typed")
(eglot--signal-textDocument/didChange)
(go "chuyên_viên trong")
(let ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
  (check (string-match-p "Chuyên viên 🧑" (eglot--hover-info (plist-get answer :contents))) "hover tells who it is"))

;; Rename in both files, and say yes to it.
(advice-add 'y-or-n-p :override #'always)
(eglot-rename "cán_bộ")
(check (there "do cán_bộ trong") "the use is renamed")
(save-some-buffers t)
(with-temp-buffer
  (insert-file-contents other)
  (check (there "vai trò cán_bộ") "the declaration in the other file is renamed"))
(wait "nothing is found after the renaming" (lambda () (null (found))))

;; Format.
(type-over "    bước ký" "  buoc   ký")
(eglot-format-buffer)
(check (there "    bước ký") "the file is laid out")
(eglot-shutdown (eglot-current-server))
(check (not (eglot-managed-p)) "the server goes when it is told")

;;; eglot.el ends here
