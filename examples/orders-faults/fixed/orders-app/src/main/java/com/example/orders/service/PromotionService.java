package com.example.orders.service;

import com.example.orders.domain.Customer;
import com.example.orders.domain.Promotion;
import com.example.orders.repository.PromotionRepository;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class PromotionService {

  private static final int BULK_ITEMS = 20;
  private static final Promotion BULK = new Promotion("BULK", "20 items or more", 3);

  private final CustomerService customers;
  private final PromotionRepository promotions;

  public PromotionService(CustomerService customers, PromotionRepository promotions) {
    this.customers = customers;
    this.promotions = promotions;
  }

  public List<Promotion> offersFor(long customerId, int items) {
    Customer customer = customers.find(customerId);
    List<Promotion> offers = new ArrayList<>(promotions.findByTier(customer.getTier()));
    if (items >= BULK_ITEMS) {
      offers.add(BULK);
    }
    return offers;
  }
}
