package org.springframework.jdbc.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.springframework.dao.EmptyResultDataAccessException;

/** Stands for a database library: no frame of this code base is on the stack when it throws. */
public interface JdbcOperations {
  Object queryForObject(String sql, Class<?> type, Object... arguments);

  static JdbcOperations withoutRows() throws ReflectiveOperationException {
    Class<EmptyResultDataAccessException> none = EmptyResultDataAccessException.class;
    MethodHandle made =
        MethodHandles.lookup().findConstructor(none, MethodType.methodType(void.class));
    MethodHandle thrown =
        MethodHandles.filterReturnValue(made, MethodHandles.throwException(Object.class, none));
    return MethodHandleProxies.asInterfaceInstance(
        JdbcOperations.class,
        MethodHandles.dropArguments(thrown, 0, String.class, Class.class, Object[].class));
  }
}
