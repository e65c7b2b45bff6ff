package dev.throughline.in.chat;

/** Where a stream of server-sent events goes. */
interface EventSink {

    /**
     * Sends an event at once.
     *
     * @param data JSON on one line
     * @throws ClientGoneException if nobody listens any more
     */
    void event(String name, String data);

    /**
     * Sends a comment, which clients ignore and which keeps proxies from closing a silent stream.
     *
     * @throws ClientGoneException if nobody listens any more
     */
    void comment(String text);

    void close();
}
