package io.github.sseredis.push;

import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.sseredis.SsePush;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Gives beans with {@link SsePush} methods a proxy that pushes, and checks those of all
 * beans when the application starts.
 *
 * <p>
 * The advisor goes to the end of a chain, next to the method, whatever the order of the
 * others: inside the transaction, so that what is lazy can still be read and the push is
 * bound to it, and inside {@code @Async}. An advisor bean could not say so: the one for
 * transactions has the lowest precedence there is, and between equals the order of
 * registration decides.
 */
public final class PushPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
		implements SmartInitializingSingleton {

	private static final long serialVersionUID = 1L;

	private static final Logger logger = LoggerFactory.getLogger(SsePush.class);

	private final transient PushMethods methods;

	private final transient Set<String> earlyReferences = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a post-processor.
	 * @param pusher publishes what methods push
	 */
	public PushPostProcessor(Pusher pusher) {
		this.methods = pusher.methods();
		this.advisor = new PushAdvisor(pusher);
	}

	// In a circular reference the other bean gets the proxy now; it must stay the only
	// one.
	@Override
	public Object getEarlyBeanReference(Object bean, String beanName) {
		this.earlyReferences.add(beanName);
		return advise(bean, beanName);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return this.earlyReferences.remove(beanName) ? bean : advise(bean, beanName);
	}

	private Object advise(Object bean, String beanName) {
		// One invocation pushes once, also if two beans are one proxy, or one wraps
		// another.
		if (bean instanceof AopInfrastructureBean || PushAdvisor.isOn(bean, this.methods)) {
			return bean;
		}
		Object advised = super.postProcessAfterInitialization(bean, beanName);
		if (advised instanceof Advised && Proxy.isProxyClass(advised.getClass())) {
			PushClass target = this.methods.of(AopUtils.getTargetClass(advised));
			if (target.isProxied()) {
				target.requireReachableThroughInterfaces();
			}
		}
		return advised;
	}

	@Override
	protected boolean isEligible(Object bean, String beanName) {
		boolean eligible = super.isEligible(bean, beanName);
		if (eligible) {
			this.methods.of(bean.getClass()).requireProxyable(isProxyTargetClass());
		}
		return eligible;
	}

	@Override
	protected boolean isEligible(Class<?> targetClass) {
		return this.methods.of(targetClass).isProxied();
	}

	@Override
	protected ProxyFactory prepareProxyFactory(Object bean, String beanName) {
		ProxyFactory factory = super.prepareProxyFactory(bean, beanName);
		if (!this.methods.of(bean.getClass()).isReachableThroughInterfaces()) {
			factory.setProxyTargetClass(true);
		}
		return factory;
	}

	/** Checks the beans that do not exist yet, by the type they will have. */
	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		if (factory == null) {
			return;
		}
		for (String beanName : factory.getBeanDefinitionNames()) {
			Class<?> type = targetClass(factory, beanName);
			if (type != null) {
				this.methods.of(type).requireProxyable(isProxyTargetClass());
			}
		}
	}

	private static @Nullable Class<?> targetClass(ConfigurableListableBeanFactory factory, String beanName) {
		try {
			return AutoProxyUtils.determineTargetClass(factory, beanName);
		}
		// As in Spring's own search for listeners: the type of a lazy bean may be
		// unknown.
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Cannot tell the type of bean '{}'", beanName, ex);
			return null;
		}
	}

}
