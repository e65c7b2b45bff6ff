package dev.throughline.local.foundry;

/**
 * On whose account a run calls its tools.
 *
 * @param user whose run it is
 * @param userToken what the user's call to the project carried
 * @param agent which agent runs
 */
record Acting(ProjectUser user, String userToken, AgentDefinition agent) {

    @Override
    public String toString() {
        return "Acting[" + agent.name() + " for " + user.objectId() + "]";
    }
}
