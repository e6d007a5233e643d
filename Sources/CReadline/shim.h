#ifndef SESSIONCTL_CREADLINE_SHIM_H
#define SESSIONCTL_CREADLINE_SHIM_H

// readline is steered by global variables. Swift 6 refuses to touch a mutable C global, so each one that is needed
// has a function here; readline's own functions are called as they are. stdio.h comes first because readline.h needs
// FILE.
#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>

// The name by which an inputrc file can address this program ("$if sessionctl"). Takes no argument because readline
// keeps the pointer.
static inline void readline_set_application_name(void) { rl_readline_name = "sessionctl"; }

// Where keys come from and where the line is drawn.
static inline void readline_set_streams(FILE *input, FILE *output) {
    rl_instream = input;
    rl_outstream = output;
}

static inline FILE *readline_input_stream(void) { return rl_instream; }
static inline FILE *readline_output_stream(void) { return rl_outstream; }

// 0: readline must not write LINES and COLUMNS into the environment, where the pager would find them stale.
static inline void readline_set_changes_environment(int enabled) { rl_change_environment = enabled; }

// Called for each key instead of rl_getc.
static inline void readline_set_key_reader(rl_getc_func_t *reader) { rl_getc_function = reader; }

// Called instead of rl_prep_terminal, when the terminal is switched to reading keys.
static inline void readline_set_terminal_preparation(rl_vintfunc_t *preparation) {
    rl_prep_term_function = preparation;
}

// Called first when Tab is pressed.
static inline void readline_set_completion(rl_completion_func_t *completion) {
    rl_attempted_completion_function = completion;
}

// The characters that separate the words of a command line. readline keeps the pointer, so they are a literal here.
static inline void readline_break_words_at_blanks(void) { rl_completer_word_break_characters = " \t\n"; }

// 1: the completion function's answer stands, and readline does not go on to file names.
static inline void readline_set_completion_is_final(int final) { rl_attempted_completion_over = final; }

// 1: no space after a completed word. readline resets it before each completion.
static inline void readline_suppress_space(int suppress) { rl_completion_suppress_append = suppress; }

// Whether readline itself goes to a new line when a line ends without Enter: since 8.1, with bracketed paste.
static inline int readline_ends_line(void) {
    const char *paste = rl_variable_value("enable-bracketed-paste");
    return rl_readline_version >= 0x0801 && paste && paste[0] == 'o' && paste[1] == 'n';
}

// The line being edited, NUL-terminated, and the cursor's byte offset in it.
static inline const char *readline_line(void) { return rl_line_buffer; }
static inline int readline_cursor(void) { return rl_point; }

// Moves the cursor behind the last character, so that what is printed next does not overwrite the line.
static inline void readline_move_to_end(void) { rl_point = rl_end; }

// The newest line of the history, or NULL.
static inline const char *readline_newest_history_line(void) {
    HIST_ENTRY *entry = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    return entry ? entry->line : NULL;
}

#endif
