/**
 * Backups of journals: one file per ACD and backup, that says itself what it is (docs/backup.md has it byte by byte).
 *
 * <pre>
 *  StoredJournal ─► JournalBackup ─► BackupWriter ─► files in a folder ─► BackupReader ─► BackupCheck ─► RestorePlan
 *                        │                              ▲                                                   │ (pure)
 *                  BackupDecision (pure) ◄── BackupFolder: what is there already                           ▼
 *                                                                          Restore ─► JournalBuilder: a new generation
 * </pre>
 *
 * <p>Beside it what an export needs: {@code TimeRange} and {@code Redaction}, both pure. Everything here runs on the thread of
 * the command that was typed.
 */
package org.tandemgw.gateway.backup;
