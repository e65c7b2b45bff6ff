package dev.throughline.order;

/**
 * What somebody wants to order.
 *
 * @param customerName whom it is for
 * @param product what
 * @param quantity how many
 */
public record NewOrder(CustomerName customerName, Product product, Quantity quantity) {}
