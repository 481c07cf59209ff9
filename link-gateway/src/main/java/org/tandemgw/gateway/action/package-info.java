/**
 * What is done on the site's behalf outside Tandem: programs are run, URLs are posted to.
 *
 * <pre>
 * Actions (bounded threads and queue) ─┬─ ProgramRun ── ProgramOutput   one process and all that it starts
 *                                      └─ Post                         one JSON object over HTTP
 * </pre>
 *
 * Nothing here decides, and nothing that a program or a server does holds anybody up: each action has a time limit, ends once, and
 * is told with words.
 */
package org.tandemgw.gateway.action;
