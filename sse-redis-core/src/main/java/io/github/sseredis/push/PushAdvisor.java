package io.github.sseredis.push;

import java.lang.reflect.Method;

import org.springframework.aop.Advisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;

/** Lets a proxy push what the methods of its bean return. */
final class PushAdvisor extends StaticMethodMatcherPointcutAdvisor {

	private static final long serialVersionUID = 1L;

	private final transient PushMethods methods;

	PushAdvisor(Pusher pusher) {
		super(new PushInterceptor(pusher));
		this.methods = pusher.methods();
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return !this.methods.of(method, targetClass).isEmpty();
	}

	/** Whether calls of the methods of a bean, through the bean, pass an advisor. */
	static boolean isOn(Object bean, PushMethods methods) {
		Object candidate = bean;
		while (candidate instanceof Advised advised) {
			for (Advisor advisor : advised.getAdvisors()) {
				if (advisor instanceof PushAdvisor) {
					return true;
				}
			}
			TargetSource targets = advised.getTargetSource();
			Class<?> targetClass = targets.getTargetClass();
			if (!targets.isStatic() && targetClass != null) {
				// Other beans, such as that of a request, each with a proxy of its own.
				return methods.of(targetClass).isProxied();
			}
			candidate = AopProxyUtils.getSingletonTarget(candidate);
		}
		return false;
	}

}
