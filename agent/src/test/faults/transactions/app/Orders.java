package app;

import org.h2.jdbcx.JdbcDataSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.MatchAlwaysTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders in a real database, in real transactions. */
public class Orders {
  static Throwable thrown;
  static int after;

  interface Shop {
    void place();
  }

  private final JdbcTemplate jdbc;
  private final DataSourceTransactionManager manager;

  Orders() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
    jdbc = new JdbcTemplate(source);
    manager = new DataSourceTransactionManager(source);
    jdbc.execute("create table orders (name varchar(20))");
  }

  void empty() {
    jdbc.update("delete from orders");
  }

  int rows() {
    return jdbc.queryForObject("select count(*) from orders", Integer.class);
  }

  void place() {
    jdbc.update("insert into orders values ('one')");
    int n = 1;
    n = fail();
    after = n < 2 ? 1 : 2;
  }

  static int fail() {
    RuntimeException first = new IllegalStateException("no such order");
    thrown = thrown == null ? first : thrown;
    throw first;
  }

  void inTemplate() {
    new TransactionTemplate(manager)
        .execute(
            status -> {
              place();
              return null;
            });
  }

  void behindProxy() {
    ProxyFactory factory = new ProxyFactory((Shop) () -> place());
    factory.addInterface(Shop.class);
    TransactionInterceptor interceptor = new TransactionInterceptor();
    interceptor.setTransactionManager(manager);
    interceptor.setTransactionAttributeSource(new MatchAlwaysTransactionAttributeSource());
    factory.addAdvice(interceptor);
    ((Shop) factory.getProxy()).place();
  }

  void checked() {
    new TransactionTemplate(manager)
        .execute(
            status -> {
              placeChecked();
              return null;
            });
  }

  void placeChecked() {
    jdbc.update("insert into orders values ('one')");
    int n = 1;
    n = wrapped();
    after = n < 2 ? 1 : 2;
  }

  /** Fails with a checked exception that nobody declares, as Kotlin and Groovy programs do. */
  static int wrapped() {
    int n = 1;
    n = Orders.<RuntimeException>undeclared();
    return n;
  }

  @SuppressWarnings("unchecked")
  static <T extends Throwable> int undeclared() throws T {
    Exception first = new Exception("checked");
    thrown = thrown == null ? first : thrown;
    throw (T) first;
  }

  /** What commits in a transaction of its own is committed. */
  void otherInside() {
    TransactionTemplate own = new TransactionTemplate(manager);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    new TransactionTemplate(manager)
        .execute(
            status -> {
              place();
              own.execute(
                  inner -> {
                    jdbc.update("insert into orders values ('own')");
                    return null;
                  });
              return null;
            });
  }

  void twice() {
    inTemplate();
    jdbc.update("insert into orders values ('after')");
  }
}
