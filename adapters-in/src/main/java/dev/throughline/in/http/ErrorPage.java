package dev.throughline.in.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What is answered where the container itself refuses, such as for a page that does not exist: a problem like every
 * other, instead of the container's own page with the names of its classes.
 */
@WebServlet(urlPatterns = ErrorPage.PATH)
public class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final String PATH = "/problem";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        problem(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND)
                .writeTo(request, response);
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 404 -> Problem.of(404, "not_found", "There is nothing at this address.");
            case 405 -> Problem.of(405, "method_not_allowed", "This address does not know that method.");
            case 413 -> Problem.of(413, "too_large", "The request is too large.");
            case 431 -> Problem.of(431, "headers_too_large", "The request's headers are too large.");
            default ->
                status >= 400 && status < 500
                        ? Problem.of(status, "bad_request", "The request cannot be understood.")
                        : Problem.internal();
        };
    }
}
