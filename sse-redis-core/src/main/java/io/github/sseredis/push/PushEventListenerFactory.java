package io.github.sseredis.push;

import java.lang.reflect.Method;

import io.github.sseredis.SsePush;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.event.TransactionalEventListenerFactory;
import org.springframework.util.ClassUtils;

/**
 * Makes the listeners for event methods with {@link SsePush}: their result is pushed and
 * not published as another event. In all else they are Spring's own.
 */
public final class PushEventListenerFactory implements EventListenerFactory, Ordered, BeanFactoryAware {

	private static final boolean SPRING_TX = ClassUtils.isPresent(
			"org.springframework.transaction.event.TransactionalEventListenerFactory",
			PushEventListenerFactory.class.getClassLoader());

	// Before Spring's own, of which the first, for transactions, has 50.
	private static final int ORDER = 40;

	private final Pusher pusher;

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	/**
	 * Creates a factory.
	 * @param pusher publishes what methods push
	 */
	public PushEventListenerFactory(Pusher pusher) {
		this.pusher = pusher;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory instanceof ConfigurableListableBeanFactory clbf ? clbf : null;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public boolean supportsMethod(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(SsePush.class);
	}

	@Override
	public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
		EventMethodPush push = EventMethodPush.of(this.pusher, method, type, isProxied(beanName, type));
		if (SPRING_TX && Transactional.isListener(method)) {
			return Transactional.listener(beanName, type, method, push, this.beanFactory);
		}
		return new PushEventListener(beanName, type, method, push);
	}

	private boolean isProxied(String beanName, Class<?> type) {
		// A bean that the container made has a proxy if one is possible; one that was
		// handed to it, or was made too early, has none.
		if (this.beanFactory != null && this.beanFactory.containsSingleton(beanName)) {
			return PushAdvisor.isOn(this.beanFactory.getBean(beanName), this.pusher.methods());
		}
		return this.pusher.methods().of(type).isProxied();
	}

	// Loaded only where spring-tx is on the class path.
	private static final class Transactional {

		static boolean isListener(Method method) {
			return AnnotatedElementUtils.hasAnnotation(method, TransactionalEventListener.class);
		}

		static ApplicationListener<?> listener(String beanName, Class<?> type, Method method, EventMethodPush push,
				@Nullable ConfigurableListableBeanFactory beanFactory) {
			if (beanFactory != null) {
				// Spring's own may refuse it: @Transactional where the phase is past
				// commit.
				beanFactory.getBeanProvider(TransactionalEventListenerFactory.class)
					.ifUnique((factory) -> factory.createApplicationListener(beanName, type, method));
			}
			return new PushTransactionalEventListener(beanName, type, method, push);
		}

	}

}
