package org.tandemgw.gateway.action;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts one JSON object and waits for the answer, on the caller's thread. A status of 200 to 299 is well; redirects are not followed; of the answer's body
 * the beginning is kept and the rest is not read. A certificate must be one that this machine trusts.
 */
public final class Post {
    private static final int OK = 200;
    private static final int BEYOND_OK = 300;

    private HttpClient client; // of a site that posts: it costs a start some of its time

    /** The first call takes longer than the others. Any thread. */
    synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    /**
     * What came of it.
     *
     * @param status 0: there was no answer
     * @param said in words
     */
    public record Answer(boolean ok, int status, String said) {
        Answer(boolean ok, String said) {
            this(ok, 0, said);
        }
    }

    /** Posts and waits, as long as it may take and no longer. */
    public Answer post(String url, String json, long timeoutMs) throws InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMillis(timeoutMs))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        final CompletableFuture<HttpResponse<String>> answer = client().sendAsync(request, any -> new Beginning());
        try {
            final HttpResponse<String> response = answer.get(timeoutMs, TimeUnit.MILLISECONDS);
            final int status = response.statusCode();
            final String body = response.body();
            return new Answer(
                    status >= OK && status < BEYOND_OK,
                    status,
                    "status " + status + (body.isEmpty() ? "" : ": " + body));
        } catch (TimeoutException e) {
            return new Answer(false, "no whole answer within " + timeoutMs + " ms");
        } catch (ExecutionException e) {
            return new Answer(false, failure(e.getCause(), timeoutMs));
        } finally {
            answer.cancel(true);
        }
    }

    private static String failure(Throwable cause, long timeoutMs) {
        if (cause instanceof HttpTimeoutException) {
            return "no answer within " + timeoutMs + " ms";
        }
        if (cause instanceof ConnectException) {
            return "no connection" + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        }
        return cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    /** The last line of what came first. */
    private static final class Beginning implements HttpResponse.BodySubscriber<String> {
        private final ProgramOutput kept = new ProgramOutput();
        private final CompletableFuture<String> whole = new CompletableFuture<>();
        private Flow.Subscription subscription;
        private int taken;

        @Override
        public CompletionStage<String> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (final ByteBuffer each : buffers) {
                final byte[] bytes = new byte[Math.min(each.remaining(), ProgramOutput.KEPT_BYTES - taken)];
                each.get(bytes);
                kept.take(bytes, bytes.length);
                taken += bytes.length;
            }
            if (taken >= ProgramOutput.KEPT_BYTES) {
                subscription.cancel();
                onComplete();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable cause) {
            whole.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            whole.complete(kept.lastLine());
        }
    }
}
