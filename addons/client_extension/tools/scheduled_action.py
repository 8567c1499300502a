"""Finds the scheduled actions of the app, which an administrator may have removed."""


def find_cron(env, xmlid):
    """A scheduled action, to wake it or to say what it is called.

    :param env: environment of any user
    :param str xmlid: its XML id
    :return: ``ir.cron`` in superuser mode, because users have no access to them; empty
        where it was deleted
    """
    cron = env.ref(xmlid, raise_if_not_found=False)
    return (cron or env["ir.cron"]).sudo()


def get_idle_reason(env, xmlid):
    """Why a scheduled action will not run.

    :return: str, a sentence, or False when it will
    """
    cron = find_cron(env, xmlid)
    if not cron:
        return env._(
            "This waits for a scheduled action that has been deleted. Ask an "
            "administrator to upgrade the app Clients, which creates it again."
        )
    if not cron.active:
        return env._(
            "This waits for the scheduled action “%s”, which is switched off. Ask an "
            "administrator to switch it on.",
            cron.name,
        )
    return False
