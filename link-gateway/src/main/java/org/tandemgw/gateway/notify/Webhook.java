package org.tandemgw.gateway.notify;

import java.io.IOException;
import java.time.Instant;
import org.tandemgw.gateway.action.Post;
import org.tandemgw.gateway.json.JsonRecords;

/** Posts each message as one JSON object. A status of 200 to 299 is the confirmation. */
final class Webhook implements Receiver {
    /**
     * What is posted; the component names are the keys.
     *
     * @param text one sentence for people, with the site
     * @param detail the alarm's own text
     * @param dropped messages before it that were never sent
     */
    record Posted(
            String site,
            long number,
            String kind,
            Instant at,
            String text,
            String detail,
            Message.Subject alarm,
            long dropped) {}

    private final String url;
    private final String site;
    private final Post post;

    Webhook(String url, String site, Post post) {
        this.url = url;
        this.site = site;
        this.post = post;
    }

    @Override
    public void send(Message message, long dropped) throws IOException, InterruptedException {
        final Posted posted = new Posted(
                site,
                message.number(),
                message.kind(),
                message.at(),
                site + ": " + message.sentence(),
                message.text(),
                message.alarm(),
                dropped);
        final Post.Answer answer = post.post(url, JsonRecords.write(posted), LIMIT_MS);
        if (!answer.ok()) {
            // Not what its page says: that may repeat the URL.
            throw new IOException(answer.status() == 0 ? answer.said() : "it answered with status " + answer.status());
        }
    }

    @Override
    public void close() {
        // the client is everybody's
    }
}
