using LiveDash.Web.Api;

namespace LiveDash.Web.Security;

/// <summary>
/// Gives the framework's refusal of a foreign <c>Host</c> a body that says which setting allows it. The refusal comes before every middleware of the app,
/// so this one stands before the refusal.
/// </summary>
internal sealed class HostAnswers : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static async (context, rest) =>
        {
            await rest(context);
            // Everything behind the refusal gives each of its errors a type or a body of its own.
            if (context.Response is not { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentLength: null or 0, ContentType: null }) return;
            await ApiProblem.WriteAsync(context, StatusCodes.Status400BadRequest, "unknown_host",
                $"This server does not answer to the host name '{context.Request.Host}'; the setting AllowedHosts lists the names it answers to.");
        });
        next(app);
    };
}
