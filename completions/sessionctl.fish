function __sessionctl_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sessionctl_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sessionctl_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sessionctl_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sessionctl_parse_tokens -S
    set -l unparsed_tokens (__sessionctl_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sessionctl'
        __sessionctl_parse_subcommand 0 'version' 'help'
        switch $unparsed_tokens[1]
        case 'list'
            __sessionctl_parse_subcommand 0 'where=+' 'pattern=' 'fields=+' 'sort=' 'limit=' 'exit-code' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'show'
            __sessionctl_parse_subcommand -r 1 'typed' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'get'
            __sessionctl_parse_subcommand -r 1 'typed' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'count'
            __sessionctl_parse_subcommand 0 'where=+' 'pattern=' 'by=' 'limit=' 'exit-code' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'users'
            __sessionctl_parse_subcommand 0 'where=+' 'pattern=' 'fields=+' 'sort=' 'limit=' 'exit-code' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'stats'
            __sessionctl_parse_subcommand 0 'where=+' 'pattern=' 'top=' 'quick' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'keys'
            __sessionctl_parse_subcommand -r 1 'purpose=' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'cookie'
            __sessionctl_parse_subcommand -r 1 'decode=' 'route=' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'decode'
            __sessionctl_parse_subcommand -r 1 'typed' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'version' 'help'
        case 'expire'
            __sessionctl_parse_subcommand -r 1 'where=+' 'principal=' 'all' 'except=+' 'pattern=' 'in=' 'at=' 'event=' 'non-sticky' 'settle=' 'dry-run' 'y/yes' 'at-most=' 'limit=' 'rate=' 'report=' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'touch'
            __sessionctl_parse_subcommand -r 1 'where=+' 'principal=' 'all' 'except=+' 'pattern=' 'dry-run' 'y/yes' 'at-most=' 'limit=' 'rate=' 'report=' 'o/output=' 'json' 'reveal' 'color=' 'no-pager' 'q/quiet' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'shell'
            __sessionctl_parse_subcommand 0 'keep-going' 'h/host=' 'p/port=' 's/socket=' 'n/db=' 'u/uri=' 'user=' 'a/pass=' 'askpass' 't/connect-timeout=' 'timeout=' 'namespace=+' 'max-inactive-interval=' 'jwt-keys=+' 'version' 'help'
        case 'demo'
            __sessionctl_parse_subcommand 0 'shell' 'serve' 'version' 'help'
        case 'help'
            __sessionctl_parse_subcommand -r 1 'version'
        end
    end
end

function __sessionctl_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sessionctl_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sessionctl_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sessionctl_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sessionctl_tokens -p)
    if test -z "$(__sessionctl_tokens -t)"
        set -l index (count (__sessionctl_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sessionctl' -f
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'list' -d 'List sessions.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'show' -d 'Show sessions with all their attributes, decoded.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'get' -d 'Show one value of a session.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'count' -d 'Count sessions, in all or by a field.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'users' -d 'List who is logged in, with sessions, roles and last use.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'stats' -d 'Show what the sessions are like: formats, users, classes, ages, sizes.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'keys' -d 'Show every key that belongs to a session.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'cookie' -d 'Show the cookies that name a session, or what a cookie\'s value may mean.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'decode' -d 'Decode bytes: Java streams, Tomcat sessions, Spring field values, JSON, JWTs.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'expire' -d 'Log sessions out, so that their application notices.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'touch' -d 'Extend sessions, as if they had been used now.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'shell' -d 'Work on a store interactively, or run commands from a pipe.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'demo' -d 'Show what the program does, on sample sessions in a private Redis.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list"' -l 'where' -d 'Only sessions that fulfil the filter; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" pattern' -l 'pattern' -d 'Only keys that match this glob-style pattern, as of SCAN.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list"' -l 'fields' -d 'Fields to show, separated by commas; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" sort' -l 'sort' -d 'Sort by a field; --sort=-FIELD for the other way round.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" limit' -l 'limit' -d 'Stop after this many sessions.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" exit-code' -l 'exit-code' -d 'Exit with 1 when no session is shown.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl list" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" typed' -l 'typed' -d 'JSON that keeps classes, version ids and byte ranges.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl show" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" typed' -l 'typed' -d 'JSON that keeps classes, version ids and byte ranges.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl get" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count"' -l 'where' -d 'Only sessions that fulfil the filter; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" pattern' -l 'pattern' -d 'Only keys that match this glob-style pattern, as of SCAN.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" by' -l 'by' -d 'Count for each value of a field: format, principal, class, role, finding, attr.PATH, …' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" limit' -l 'limit' -d 'Only the most frequent values.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" exit-code' -l 'exit-code' -d 'Exit with 1 when there is none.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl count" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users"' -l 'where' -d 'Only sessions that fulfil the filter; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" pattern' -l 'pattern' -d 'Only keys that match this glob-style pattern, as of SCAN.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users"' -l 'fields' -d 'Fields to show, separated by commas; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" sort' -l 'sort' -d 'Sort by a field; --sort=-FIELD for the other way round.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" limit' -l 'limit' -d 'Stop after this many users.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" exit-code' -l 'exit-code' -d 'Exit with 1 when no user is shown.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl users" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats"' -l 'where' -d 'Only sessions that fulfil the filter; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" pattern' -l 'pattern' -d 'Only keys that match this glob-style pattern, as of SCAN.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" top' -l 'top' -d 'How many principals, classes and attributes are named.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" quick' -l 'quick' -d 'Only what costs the server little: no classes, findings, attributes, sizes.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl stats" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" purpose' -l 'purpose' -d 'All keys beside tokens that are kept for this, instead of a session\'s.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl keys" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" decode' -l 'decode' -d 'List the ids that a cookie may mean.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" route' -l 'route' -d 'The route that stands behind the id, such as Tomcat\'s jvmRoute.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl cookie" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_positional "sessionctl decode" -ge 1' -F
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" typed' -l 'typed' -d 'JSON that keeps classes, version ids and byte ranges.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl decode" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire"' -l 'where' -d 'Sessions that fulfil the filter; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" principal' -l 'principal' -d 'All sessions of this user, as user:NAME.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" all' -l 'all' -d 'All sessions of the database.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire"' -l 'except' -d 'But not this session, named as others are.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" pattern' -l 'pattern' -d 'Only keys that match this glob-style pattern, as of SCAN.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" in' -l 'in' -d 'End them so long from now, if nobody uses them: 90s, 30m, 2h, 7d.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" at' -l 'at' -d 'End them at this time, if nobody uses them: RFC 3339, a date, or the epoch.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" event' -l 'event' -d 'What an indexed Spring application hears.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" non-sticky' -l 'non-sticky' -d 'No node of the application keeps sessions in its memory: what is done in Redis counts.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" settle' -l 'settle' -d 'Seconds after which those that came back are looked for.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" dry-run' -l 'dry-run' -d 'Show the commands for each session, and send none that writes.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" y yes' -s 'y' -l 'yes' -d 'Do not ask; above 100 sessions --at-most is needed as well.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" at-most' -l 'at-most' -d 'Refuse before the first write when more sessions fit.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" limit' -l 'limit' -d 'Stop after this many sessions.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" rate' -l 'rate' -d 'No more sessions a second than this.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" report' -l 'report' -d 'Append a line of JSON for each session and what became of it (docs/json.md).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl expire" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch"' -l 'where' -d 'Sessions that fulfil the filter; of several, all.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" principal' -l 'principal' -d 'All sessions of this user, as user:NAME.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" all' -l 'all' -d 'All sessions of the database.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch"' -l 'except' -d 'But not this session, named as others are.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" pattern' -l 'pattern' -d 'Only keys that match this glob-style pattern, as of SCAN.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" dry-run' -l 'dry-run' -d 'Show the commands for each session, and send none that writes.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" y yes' -s 'y' -l 'yes' -d 'Do not ask; above 100 sessions --at-most is needed as well.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" at-most' -l 'at-most' -d 'Refuse before the first write when more sessions fit.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" limit' -l 'limit' -d 'Stop after this many sessions.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" rate' -l 'rate' -d 'No more sessions a second than this.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" report' -l 'report' -d 'Append a line of JSON for each session and what became of it (docs/json.md).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" o output' -s 'o' -l 'output' -d 'Form of the output.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" json' -l 'json' -d 'Short for -o json.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" reveal' -l 'reveal' -d 'Show values that look secret instead of masking them.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" color' -l 'color' -d 'Colour.' -rfka 'auto always never'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" no-pager' -l 'no-pager' -d 'Never start a pager.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" q quiet' -s 'q' -l 'quiet' -d 'No progress and no closing line.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl touch" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" keep-going' -l 'keep-going' -d 'Without a terminal: go on after a line that failed.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" h host' -s 'h' -l 'host' -d 'Server host name.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" p port' -s 'p' -l 'port' -d 'Server port.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" s socket' -s 's' -l 'socket' -d 'Server unix socket (instead of host and port).' -rF
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" db n' -s 'n' -l 'db' -d 'Database number.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" u uri' -s 'u' -l 'uri' -d 'Store as a URL: redis://[[user]:password@]host[:port][/db] or unix:///path?db=n.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" user' -l 'user' -d 'Redis user (ACL).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" a pass' -s 'a' -l 'pass' -d 'Password; others can see it in the process list for a moment, so prefer --askpass or REDISCLI_AUTH.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" askpass' -l 'askpass' -d 'Ask for the password without showing it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" connect-timeout t' -s 't' -l 'connect-timeout' -d 'Seconds to wait for a connection (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" timeout' -l 'timeout' -d 'Seconds without any progress after which the server is given up (3).' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell"' -l 'namespace' -d 'Namespace in which an id is looked for first (spring:session); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" max-inactive-interval' -l 'max-inactive-interval' -d 'Interval that the Tomcat session manager is configured with: it rules instead of what a session says and tells its last access.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell"' -l 'jwt-keys' -d 'How keys beside tokens are named, such as deny=revoked:{jti} (sessionctl help jwt-keys); may be repeated.' -rfka ''
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl shell" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl demo" shell' -l 'shell' -d 'Open a shell on the sample sessions instead.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl demo" serve' -l 'serve' -d 'Keep the Redis until Ctrl-C instead, and say how to reach it.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl demo" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl demo" help' -l 'help' -d 'Show help information.'
complete -c 'sessionctl' -n '__sessionctl_should_offer_completions_for_flags_or_options "sessionctl help" version' -l 'version' -d 'Show the version.'
complete -c 'sessionctl' -n '__fish_seen_subcommand_from help' -fa 'list show get count users stats keys cookie decode expire touch shell demo filters paths formats jwt-keys exit-codes'
