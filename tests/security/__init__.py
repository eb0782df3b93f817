"""The security list, line by line: which test holds each figure. `test_the_list.py` asks that every test named here is there.

Sessions
    own table, new id at login and re-login     accounts/test_signing_in.py::test_signing_in_again_ends_the_session_before
    a planted id is not taken over              accounts/test_signing_in.py::test_a_planted_session_id_is_not_taken_over
    logout ends it                              accounts/test_signing_in.py::test_signing_out_ends_the_session
    a change of rights ends all                 accounts/test_leaving.py::test_a_change_of_roles_asks_for_a_new_sign_in
    only the hash is stored                     accounts/test_signing_in.py::test_only_the_hash_of_a_session_is_kept
    __Host-, Secure, HttpOnly, SameSite=Lax     security/test_sessions.py::test_the_cookie_is_the_hosts_own_and_no_scripts
    secrets of 128 bits and more                security/test_sessions.py::test_a_secret_is_long_and_never_the_same
    idle 8 h                                    accounts/test_signing_in.py::test_a_session_ends_after_eight_idle_hours
    absolute 7 d                                accounts/test_signing_in.py::test_a_session_ends_after_seven_days_however_busy
    a person lists and ends own sessions        accounts/test_profile.py::test_a_person_ends_a_session_elsewhere
    leaving ends all in one transaction         accounts/test_leaving.py::test_whoever_leaves_is_out_everywhere
    ... and grants                              accounts/test_leaving.py::test_whoever_leaves_holds_no_grant
CSRF
    token on unsafe methods                     accounts/test_signing_in.py::test_a_sign_in_without_the_forms_token_is_refused
    Origin and Sec-Fetch-Site                   web/test_csrf.py::test_another_site_cannot_post_even_with_the_token
    no unsafe GET                               security/test_doors.py::test_reading_changes_nothing
    next has one leading slash                  web/test_csrf.py::test_next_is_nothing_else
Headers
    on every answer, also errors                web/test_headers.py::test_every_answer_carries_the_security_headers
    on files and streams                        security/test_headers.py::test_a_file_and_a_stream_carry_them_too
    pages are kept by nobody                    web/test_headers.py::test_pages_are_kept_by_nobody
    HSTS behind TLS                             security/test_headers.py::test_behind_tls_the_browser_is_told_to_stay_there
Passwords
    argon2id, in a thread                       security/test_sessions.py::test_a_password_is_kept_as_argon2id_and_made_off_the_loop
    12 to 128 characters                        accounts/test_passwords.py::test_a_password_has_12_to_128_characters
    common ones are refused                     accounts/test_passwords.py::test_what_is_tried_first_is_refused
    same text for unknown people                accounts/test_signing_in.py::test_a_wrong_password_and_an_unknown_login_get_the_same_words
    same work for unknown people                accounts/test_signing_in.py::test_a_try_writes_as_much_for_nobody_as_for_somebody
    5 in 15 min per account                     accounts/test_signing_in.py::test_the_sixth_try_within_a_quarter_of_an_hour_is_refused
    50 an hour per address                      accounts/test_signing_in.py::test_fifty_tries_from_one_address_are_enough_for_an_hour
    reset: 3 an hour                            accounts/test_links.py::test_three_links_in_an_hour_are_enough
    reset: hashed                               accounts/test_links.py::test_only_the_hash_of_a_link_is_kept
    reset: 60 min                               accounts/test_links.py::test_a_link_ends
    reset: once                                 accounts/test_links.py::test_a_link_works_once
    reset ends all sessions                     accounts/test_links.py::test_a_reset_ends_every_session
Uploads
    25 MB, by extension and signature           tickets/test_attachments.py::test_a_file_that_cannot_be_taken_is_named_with_its_reason
    at most 10                                  tickets/test_attachments.py::test_at_most_ten_files_at_a_time
    random key outside the web root             security/test_headers.py::test_a_file_lies_under_a_random_key_where_nothing_is_served
    attachment, nosniff, sandbox, rights        security/test_headers.py::test_a_file_and_a_stream_carry_them_too
    kinds by their bytes, names that do no harm test_media.py::test_a_kind_is_what_the_bytes_say
Mail
    HTML runs, styles and loads nothing         mail/test_clean.py::test_nothing_that_runs_styles_or_loads_is_left
    5 s and 256 MB for a letter                 mail/test_box.py::test_the_kernel_keeps_the_limits_whatever_the_rules_do
Webhooks
    https, and hosts that are listed            webhooks/test_places.py::test_an_address_that_is_no_place_for_words_is_refused_with_its_reason
    private and loopback refused                webhooks/test_places.py::test_an_address_that_not_everybody_reaches_is_private
    ... resolved once                           webhooks/test_calls.py::test_a_name_that_leads_into_a_private_network_is_not_called
    no redirections                             webhooks/test_calls.py::test_a_redirection_is_not_followed
    5 s                                         webhooks/test_calls.py::test_who_does_not_answer_is_not_waited_for
    64 KB of an answer                          webhooks/test_calls.py::test_an_answer_that_is_none_is_a_fault
    secrets are read by no page                 webhooks/test_calls.py::test_no_person_and_no_page_reads_a_secret_again
    tiers 0 and 1 only                          webhooks/test_ringing.py::test_a_request_that_is_shut_rings_no_chat_in_any_byte
SQL and templates
    parameters only                             test_architecture.py::test_every_statement_is_a_text_of_its_own_file
    the lint rule stands                        security/test_doors.py::test_the_linter_refuses_statements_that_are_put_together
    statement_timeout 5 s                       security/test_doors.py::test_a_page_has_five_seconds_for_a_statement
    autoescape                                  security/test_doors.py::test_what_people_type_is_text_wherever_it_is_shown
    |safe in one function                       test_architecture.py::test_words_are_marked_safe_in_four_files_of_web_only
Tokens
    160 bits, dsk_                              security/test_sessions.py::test_a_secret_is_long_and_never_the_same
    only SHA-256 is kept                        accounts/test_tokens.py::test_only_the_hash_of_a_token_is_kept
    default tier 1                              security/test_sessions.py::test_a_token_reaches_tier_one_unless_somebody_says_more
    highest tier holds                          accounts/test_tokens.py::test_a_token_never_reaches_above_its_tier
    365 d at most                               accounts/test_tokens.py::test_a_token_has_bounds
    last use                                    accounts/test_tokens.py::test_the_last_use_is_written_at_most_once_a_minute
Journal
    append-only by grants                       db/test_guards.py::test_what_was_written_stays
    ... of every role                           security/test_doors.py::test_no_role_of_the_desk_rewrites_the_journal
    ... whoever tries                           security/test_doors.py::test_who_tries_to_rewrite_the_journal_is_refused
    chained in order by one sealer              journal/test_chain.py::test_every_entry_is_chained_once_in_its_order
    ... writers never wait                      journal/test_chain.py::test_what_commits_late_is_chained_behind_what_was_quicker
    verify names the first altered row          journal/test_chain.py::test_the_first_entry_that_was_altered_is_named
    ... and a cut tail                          journal/test_chain.py::test_an_end_that_was_cut_is_found_and_the_sealer_does_not_cover_it
Doors
    /schema and pages need a login              security/test_doors.py::test_a_stranger_gets_nowhere
    a generic sentence and a reference          web/test_errors.py::test_an_accident_is_told_by_a_reference_and_logged_without_words
    logs hold ids                               db/test_log.py::test_an_address_that_is_taken_is_not_told_to_the_log
    no start with the example secret            security/test_doors.py::test_in_production_the_example_secret_is_refused
    503 and Retry-After                         faults/test_crowd.py::test_a_desk_without_a_free_connection_says_when_to_come_back

Waiting for what the desk does not have yet: fetched images, OIDC discovery, SCIM and feeds, the frame of mail HTML, CSV cells,
re-encoded pictures inline (nothing is shown inline).
"""
