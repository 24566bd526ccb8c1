namespace LiveDash.Web.Api;

/// <summary>
/// Answers HEAD as GET without its body, as RFC 9110 section 9.3.2 wants it: uptime checks and <c>curl -I</c> ask so. Kestrel sends no body to a request
/// that came as HEAD, whatever it is called inside.
/// </summary>
internal static class HeadAnswers
{
    // Answers without an end, or as long as the whole history: to run one for its headers would be work for nobody.
    private static readonly string[] s_streams = ["/api/points", "/api/stream", "/get_points"];

    /// <summary>Lets the routes see GET. Stands before routing.</summary>
    public static void UseHeadAnswers(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method) && Takes(context.Request.Path)) context.Request.Method = HttpMethods.Get;
        return next(context);
    });

    /// <summary>Whether HEAD is taken wherever GET is.</summary>
    public static bool Takes(PathString path) => !s_streams.Any(stream => path.Equals(stream, StringComparison.OrdinalIgnoreCase));
}
