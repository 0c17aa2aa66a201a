package io.github.sseredis.log;

/**
 * An event in the log.
 *
 * @param sequence its place in the partition
 * @param index its place in the topic, without holes
 * @param topic the topic's log
 * @param frame what is written to clients; not to be modified
 * @param publishedAt when it was published; {@link PartitionLog#UNKNOWN_TIME} if not
 * known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LogEntry(long sequence, long index, TopicLog topic, byte[] frame, long publishedAt) {

}
