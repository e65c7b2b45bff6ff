package dev.throughline.local.foundry;

/**
 * A connection of kind UserEntraToken: the tool gets a token of the user for one of Microsoft's own audiences. Any
 * other audience is refused when it is used, as the service does.
 *
 * <p>Here the tool gets the very token that the user's call to the project carried, as in the reference deployment. Its
 * client is the one that called the project: for the product, the API's own registration
 * ({@link Registration#PASSTHROUGH_CLIENT}). Which client the real service names is not published.
 *
 * @param name its name in the project
 * @param audience whom the token is for
 */
record UserTokenConnection(String name, String audience) implements Connection {

    boolean isForMicrosoft() {
        return audience.equals(Registration.FOUNDRY_AUDIENCE);
    }
}
