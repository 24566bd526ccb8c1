using System.Globalization;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Diagnostics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;

namespace LiveDash.Web.Api;

/// <summary>
/// Gives every error a body: problem+json for tools, the not-found page for a person who follows a dead link.
/// An exception is logged by the framework and answered without its text, unless its type is one made for answering.
/// </summary>
internal static class ErrorAnswers
{
    /// <summary>Catches what the endpoints throw and fills answers that have a status and no body. Stands before routing.</summary>
    public static void UseErrorAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerExceptionAsync,
            SuppressDiagnosticsCallback = static found => found.Exception is StoreFullException or StoreUnavailableException or BadHttpRequestException or BodyRefusedException or BodyTooLargeException,
        });
        app.Use(AnswerAbortedAsync);
        app.UseWhen(WantsPage, static branch =>
        {
            branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        });
        app.UseWhen(static context => !WantsPage(context), static branch => branch.UseStatusCodePages(AnswerStatusAsync));
    }

    // Within the framework's handler, which passes over some of these in silence and tells others with their stack.
    private static async Task AnswerAbortedAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (IsAborted(context, exception))
        {
            context.RequestServices.GetRequiredService<AbortedUploads>().Note(context);
            if (!context.RequestAborted.IsCancellationRequested) await ApiProblem.WriteAsync(context, StatusCodes.Status400BadRequest, "bad_request", exception.Message);
        }
    }

    // The sender has gone, or has ended the connection in the middle of its body.
    private static bool IsAborted(HttpContext context, Exception exception) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        // How Kestrel says that the size of a chunk is beyond any number, which is none of the server's faults.
        IOException { InnerException: OverflowException } => true,
        BadHttpRequestException bad => bad.StatusCode == StatusCodes.Status400BadRequest && context.Request.ContentLength > 0,
        OperationCanceledException or IOException => context.RequestAborted.IsCancellationRequested && HasBody(context),
        _ => false,
    };

    private static bool HasBody(HttpContext context) => context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    /// <summary>True for a person's browser outside the API.</summary>
    private static bool WantsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.StartsWithSegments("/api")
        && context.Request.Headers.Accept.Any(static accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    private static Task AnswerStatusAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var (code, detail) = context.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => ("bad_request", "The request cannot be read."),
            StatusCodes.Status404NotFound => ("not_found", $"There is nothing at {context.Request.Path}. The routes are listed at /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed",
                $"{context.Request.Path} does not take {context.Request.Method}. It takes {context.Response.Headers.Allow}."),
            StatusCodes.Status406NotAcceptable => ("not_acceptable", "None of the media types in Accept can be given."),
            StatusCodes.Status413PayloadTooLarge => ("too_large", "The body is longer than LiveDash:Limits:MaxBodyBytes allows."),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", "The body's media type or encoding is not one that this route takes."),
            var other => ("status_" + other.ToString(CultureInfo.InvariantCulture), "The request was not answered as asked."),
        };
        return ApiProblem.WriteAsync(context, context.Response.StatusCode, code, detail);
    }

    private static Task AnswerExceptionAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        switch (exception)
        {
            case StoreFullException full:
                return ApiProblem.WriteAsync(context, StatusCodes.Status507InsufficientStorage, "store_full", full.Message);
            case StoreUnavailableException unavailable:
                return ApiProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "store_unavailable", unavailable.Message);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ApiProblem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "too_large",
                    "The body is longer than LiveDash:Limits:MaxBodyBytes allows.");
            case BodyRefusedException refused:
                return ApiProblem.WriteAsync(context, refused.Status, refused.Code, refused.Message);
            case BodyTooLargeException large:
                return ApiProblem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "too_large", large.Message);
            case BadHttpRequestException bad:
                return ApiProblem.WriteAsync(context, bad.StatusCode, "bad_request", bad.Message);
            case OperationCanceledException or IOException when context.RequestAborted.IsCancellationRequested:
                return Task.CompletedTask;
            default:
                return ApiProblem.WriteAsync(context, StatusCodes.Status500InternalServerError, "internal",
                    "Something went wrong inside LiveDash; the log says what.", ("traceId", context.TraceIdentifier));
        }
    }
}
