package io.github.sseredis.web;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.AbstractProcessor;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.util.WebUtils;

/** What Tomcat does not show of a request. Immutable. */
final class TomcatInternals {

	private static final Logger logger = LoggerFactory.getLogger(TomcatInternals.class);

	/** Null if this is not Tomcat as it is known here. */
	static final @Nullable TomcatInternals KNOWN = find(TomcatInternals::new);

	/** The states in which the request's thread has not left the container. */
	private static final Set<String> INSIDE = Set.of("STARTING", "MUST_COMPLETE", "COMPLETE_PENDING", "MUST_DISPATCH",
			"DISPATCH_PENDING", "MUST_ERROR");

	private final Field request = accessible(RequestFacade.class.getDeclaredField("request"));

	private final Field hook = accessible(org.apache.coyote.Request.class.getDeclaredField("hook"));

	private final Method socketWrapper = accessible(AbstractProcessor.class.getDeclaredMethod("getSocketWrapper"));

	private final Field stateMachine = accessible(AbstractProcessor.class.getDeclaredField("asyncStateMachine"));

	private final Field state = accessible(this.stateMachine.getType().getDeclaredField("state"));

	private TomcatInternals() throws ReflectiveOperationException {
	}

	/** Returns what processes a request; null if that is not Tomcat's. */
	@Nullable Object processor(HttpServletRequest servletRequest) throws ReflectiveOperationException {
		RequestFacade facade = WebUtils.getNativeRequest(servletRequest, RequestFacade.class);
		return facade != null ? this.hook.get(((Request) this.request.get(facade)).getCoyoteRequest()) : null;
	}

	SocketWrapperBase<?> socketWrapper(Object processor) throws ReflectiveOperationException {
		return (SocketWrapperBase<?>) this.socketWrapper.invoke(processor);
	}

	/** Whether the thread of a request that has become asynchronous is still in it. */
	boolean isThreadInside(Object processor) throws ReflectiveOperationException {
		return INSIDE.contains(((Enum<?>) this.state.get(this.stateMachine.get(processor))).name());
	}

	static <T> @Nullable T find(Internals<T> internals) {
		try {
			return internals.find();
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			logger.warn("This is not Tomcat as it is known here: threads that are stuck in a write are "
					+ "interrupted, which with HTTP/2 ends the other streams of the connection too, and clients "
					+ "that leave at once may delay the shutdown", ex);
			return null;
		}
	}

	static <T extends AccessibleObject> T accessible(T member) {
		member.setAccessible(true);
		return member;
	}

	/** A look for internals, which may not be there. */
	interface Internals<T> {

		T find() throws ReflectiveOperationException;

	}

}
