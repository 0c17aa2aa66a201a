package io.github.sseredis.autoconfigure;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 with a response buffer of an eighth of the usual size. It is the
 * largest of the buffers that a connection keeps, and there is no setting for it. Public
 * because Tomcat creates it by its name.
 */
public final class SmallBuffersProtocol extends Http11NioProtocol {

	/** The size of the response buffer, in bytes, and in characters once more. */
	static final int RESPONSE_BUFFER = 1024;

	@Override
	public int getDesiredBufferSize() {
		return RESPONSE_BUFFER;
	}

}
