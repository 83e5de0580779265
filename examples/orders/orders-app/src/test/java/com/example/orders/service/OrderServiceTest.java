package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.orders.domain.Address;
import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.Customer;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.domain.Product;
import com.example.orders.repository.OrderRepository;
import com.example.orders.repository.ProductRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class OrderServiceTest {

  private static final LocalDate MAY_2 = LocalDate.of(2024, 5, 2);

  @Mock private OrderRepository orders;
  @Mock private ProductRepository products;
  @Mock private CustomerService customers;
  @Mock private StockService stock;
  private OrderService service;

  private final Customer ada =
      Customer.builder()
          .id(1)
          .name("Ada Brook")
          .address(Address.builder().city("Berlin").build())
          .build();
  private final Order order =
      Order.builder()
          .id(7)
          .customerId(1)
          .status(OrderStatus.NEW)
          .line(new OrderLine("BAG-01", 2, 1290))
          .line(new OrderLine("PEN-06", 1, 320))
          .build();

  @BeforeEach
  void setUp() {
    Clock clock = Clock.fixed(Instant.parse("2024-05-02T08:00:00Z"), ZoneOffset.UTC);
    service = new OrderService(orders, products, customers, stock, clock);
    lenient().when(orders.findById(7)).thenReturn(Optional.of(order));
    lenient().when(customers.find(1)).thenReturn(ada);
  }

  @Test
  void reportsAnUnknownOrder() {
    when(orders.findById(8)).thenReturn(Optional.empty());

    assertThatThrownBy(() -> service.find(8)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void summarizesAnOrder() {
    assertThat(service.summary(7))
        .isEqualTo(new OrderSummary(7, OrderStatus.NEW, "Ada Brook", "", "BERLIN", 2900));
  }

  @Test
  void showsOneLine() {
    assertThat(service.line(7, 2).getSku()).isEqualTo("PEN-06");
  }

  @Test
  void findsTheLineOfAProduct() {
    assertThat(service.lineFor(7, "BAG-01").getQuantity()).isEqualTo(2);
  }

  @Test
  void reportsThatAProductWasNotOrdered() {
    assertThatThrownBy(() -> service.lineFor(7, "RUG-07")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void refusesAnEndBeforeTheStart() {
    assertThatThrownBy(() -> service.placedBetween(MAY_2, MAY_2.minusDays(1)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void placesAnOrderAtTodaysPrices() {
    when(products.findBySku("BAG-01"))
        .thenReturn(Optional.of(Product.builder().sku("BAG-01").priceCents(1290).build()));
    List<OrderLine> lines = List.of(new OrderLine("BAG-01", 3, 1290));
    when(orders.insert(1, MAY_2, lines)).thenReturn(order);

    Order placed = service.place(request("BAG-01", 3));

    assertThat(placed).isEqualTo(order);
    verify(stock).reserve("BAG-01", 3);
  }

  @Test
  void refusesAnOrderOfNothing() {
    assertThatThrownBy(() -> service.place(new OrderRequest(1L, List.of())))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void refusesAQuantityOfZero() {
    assertThatThrownBy(() -> service.place(request("BAG-01", 0)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void refusesAnUnknownProduct() {
    when(products.findBySku("NOPE")).thenReturn(Optional.empty());

    assertThatThrownBy(() -> service.place(request("NOPE", 1)))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void movesANewOrderToPaid() {
    service.advance(7);

    verify(orders).updateStatus(7, "PAID");
  }

  @Test
  void movesAPaidOrderToShipped() {
    when(orders.findById(7))
        .thenReturn(Optional.of(order.toBuilder().status(OrderStatus.PAID).build()));

    service.advance(7);

    verify(orders).updateStatus(7, "SHIPPED");
  }

  @Test
  void cancelsANewOrder() {
    service.cancel(7);

    verify(orders).updateStatus(7, "CANCELLED");
  }

  @Test
  void doesNotCancelWhatWasShipped() {
    when(orders.findById(7))
        .thenReturn(Optional.of(order.toBuilder().status(OrderStatus.SHIPPED).build()));

    assertThatThrownBy(() -> service.cancel(7)).isInstanceOf(BusinessRuleException.class);
  }

  private static OrderRequest request(String sku, int quantity) {
    return new OrderRequest(1L, List.of(new OrderRequest.Item(sku, quantity)));
  }
}
