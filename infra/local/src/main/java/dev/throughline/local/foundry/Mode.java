package dev.throughline.local.foundry;

import dev.throughline.local.foundry.planner.GuidedPlanner;
import dev.throughline.local.foundry.planner.Planner;
import dev.throughline.local.model.ModelPlanner;
import dev.throughline.local.model.ModelSettings;
import java.util.Map;

/**
 * What decides in all agents.
 *
 * @param model what responses name as their model
 * @param planner what decides
 */
record Mode(String model, Planner planner) {

    static final Mode GUIDED = new Mode(ModelSettings.GUIDED, new GuidedPlanner());

    /** A language model where the variables name one, else the guided mode. */
    static Mode from(Map<String, String> environment) {
        return ModelSettings.from(environment)
                .map(settings -> new Mode(settings.model(), new ModelPlanner(settings, Agents.ORDER_DESK)))
                .orElse(GUIDED);
    }
}
