package dev.midstream.routing;

import java.util.List;

/**
 * The lowest price of a token of input and one of output together first; who has no known price
 * costs a dollar each, as in LiteLLM.
 */
public record LowestCost() implements Strategy {

    private static final double UNKNOWN = 2;

    @Override
    public double[] ranks(List<View> deployments, boolean stream) {
        return deployments.stream().mapToDouble(view -> cost(view.deployment())).toArray();
    }

    private static double cost(Deployment deployment) {
        Prices prices = deployment.facts().prices();
        return prices == null ? UNKNOWN : prices.input() + prices.output();
    }
}
