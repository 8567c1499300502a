"""Runs when the add-on is uninstalled."""


def uninstall_hook(env):
    """Take running imports out of jobs, and remove what Odoo would leave behind."""
    imports = env["client.import"].search(
        [("in_jobs", "=", True), ("state", "in", ("queued", "running"))]
    )
    for record in imports:
        record._take_from_jobs()
    env["ir.attachment"].search([("res_model", "=", "client.import.chunk")]).unlink()
    parameters = env["ir.config_parameter"]
    parameters.search([("key", "=like", r"client\_extension\_queue.%")]).unlink()
    jobs = env["queue.job.function"].search(
        [("model_id.model", "=", "client.import"), ("method", "=like", r"\_job\_%")]
    )
    env["queue.job"].search(
        [("job_function_id", "in", jobs.ids), ("state", "!=", "done")]
    ).unlink()
